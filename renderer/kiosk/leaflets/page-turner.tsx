import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Group } from 'react-aria-components';
import { useSpeech } from '../kiosk-context.tsx';

interface PageTurnerProps {
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  readonly onTurn: (page: number) => void;
  /** Between the two. */
  readonly children?: ReactNode;
}

/** Pages are turned by tap. */
export function PageTurner({ page, pages, onTurn, children }: PageTurnerProps) {
  const { t } = useSpeech();
  return (
    <Group className="turner" aria-label={t('reading.page', { page, pages })}>
      <Button className="turner__button" isDisabled={page <= 1} onPress={() => onTurn(page - 1)}>
        <ChevronLeft aria-hidden="true" />
        {t('reading.previous')}
      </Button>
      <output className="turner__where">
        {t('reading.page', { page, pages })}
        {children}
      </output>
      <Button className="turner__button" isDisabled={page >= pages} onPress={() => onTurn(page + 1)}>
        {t('reading.next')}
        <ChevronRight aria-hidden="true" />
      </Button>
    </Group>
  );
}
