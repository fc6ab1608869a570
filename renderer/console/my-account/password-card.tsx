import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { SHORTEST_PASSWORD } from '#shared/contract/people.ts';
import { useI18n } from '../i18n.tsx';
import { useServices } from '../services.ts';
import { myFaultText } from './fault-text.ts';

interface Passwords {
  readonly password: string;
  readonly next: string;
  readonly again: string;
}

/** Where one changes one's own password. */
export function PasswordCard() {
  const { t } = useI18n();
  const { queries, queryClient } = useServices();
  const [form] = Form.useForm<Passwords>();
  const change = useMutation(
    queries.me.changePassword.mutationOptions({
      onSuccess: () => {
        form.resetFields();
        return queryClient.invalidateQueries({ queryKey: queries.session.who.key() });
      },
    }),
  );
  const missing = { required: true, message: t('my.missing') };
  return (
    <section className="card padded my-card" aria-labelledby="my-password">
      <h2 id="my-password">{t('my.password')}</h2>
      {change.isSuccess && <Alert type="success" showIcon title={t('my.changed')} />}
      {change.error && <Alert type="error" showIcon title={myFaultText(change.error, t)} />}
      <Form<Passwords>
        name="own-password"
        form={form}
        layout="vertical"
        requiredMark={false}
        disabled={change.isPending}
        aria-label={t('my.change')}
        onFinish={({ password, next }) => change.mutate({ password, next })}
      >
        <Form.Item name="password" label={t('my.current')} rules={[missing]}>
          <Input.Password autoComplete="current-password" maxLength={200} />
        </Form.Item>
        <Form.Item
          name="next"
          label={t('my.next')}
          rules={[missing, { min: SHORTEST_PASSWORD, message: t('my.short') }]}
        >
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
        <Form.Item
          name="again"
          label={t('my.again')}
          dependencies={['next']}
          rules={[
            missing,
            ({ getFieldValue }) => ({
              validator: (_rule, value: unknown) =>
                value === getFieldValue('next') ? Promise.resolve() : Promise.reject(new Error(t('my.different'))),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t('my.change')}
        </Button>
      </Form>
    </section>
  );
}
