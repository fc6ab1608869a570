import { Button, Checkbox, Form, Input } from 'antd';
import { ROLES, type Role } from '#shared/people/roles.ts';
import { useI18n } from '../i18n.tsx';

export interface PersonDraft {
  readonly account: string;
  readonly name: string;
  readonly roles: Role[];
}

interface PersonFormProps {
  readonly label: string;
  readonly initial: PersonDraft;
  /** The account has its name already. */
  readonly known: boolean;
  /** Nobody changes their own roles. */
  readonly own: boolean;
  readonly saving: boolean;
  readonly onSave: (draft: PersonDraft) => void;
}

/** Account, name and roles. */
export function PersonForm({ label, initial, known, own, saving, onSave }: PersonFormProps) {
  const { t } = useI18n();
  return (
    <Form<PersonDraft>
      layout="vertical"
      requiredMark={false}
      aria-label={label}
      initialValues={initial}
      disabled={saving}
      onFinish={(draft) => onSave({ ...initial, ...draft })}
    >
      {!known && (
        <Form.Item
          name="account"
          label={t('people.account')}
          extra={t('people.accountHint')}
          rules={[{ required: true, pattern: /^[a-z][a-z0-9._-]{1,31}$/, message: t('people.accountHint') }]}
        >
          <Input autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={32} />
        </Form.Item>
      )}
      <Form.Item
        name="name"
        label={t('people.name')}
        rules={[{ required: true, whitespace: true, message: t('my.missing') }]}
      >
        <Input autoComplete="off" maxLength={40} />
      </Form.Item>
      <Form.Item
        name="roles"
        label={t('people.roles')}
        rules={[{ type: 'array', min: 1, message: t('people.rolesMissing') }]}
      >
        <Checkbox.Group
          className="person-roles"
          disabled={own}
          options={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={saving}>
        {t('people.save')}
      </Button>
    </Form>
  );
}
