import { useId } from 'react';
import { Button } from 'react-aria-components';
import { Unbroken } from './unbroken.tsx';

export interface BigButtonProps {
  /** `primary` is the one clear thing to do on a screen. */
  readonly look: 'primary' | 'quiet';
  readonly label: string;
  /** A second, smaller line, such as a countdown. Not part of the button's name. */
  readonly detail?: string;
  readonly onPress: () => void;
}

/** The button at the foot of a screen: as wide as its column, high enough for any hand. */
export function BigButton({ look, label, detail, onPress }: BigButtonProps) {
  const labelId = useId();
  return (
    <Button className={`big-button big-button--${look}`} aria-labelledby={labelId} onPress={onPress}>
      <span id={labelId} className="big-button__label">
        <Unbroken text={label} />
      </span>
      {detail === undefined ? null : (
        <span className="big-button__detail">
          <Unbroken text={detail} />
        </span>
      )}
    </Button>
  );
}
