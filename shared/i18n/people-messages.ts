import type { Catalogue } from './translate.ts';

/** The console's sentences on accounts. */
export const peopleMessages = {
  'act.people.list': { zh: '看人员', en: 'List accounts' },
  'act.people.create': { zh: '新建账号', en: 'Create an account' },
  'act.people.change': { zh: '改账号的姓名或角色', en: 'Change an account’s name or roles' },
  'act.people.disable': { zh: '停用账号', en: 'Disable an account' },
  'act.people.enable': { zh: '启用账号', en: 'Enable an account' },
  'act.people.newPassword': { zh: '发一次性密码', en: 'Give a one-time password' },
  'act.people.resetTotp': { zh: '重置两步登录', en: 'Reset an account’s second step' },
  'act.people.endSessions': { zh: '结束账号的登录', en: 'End an account’s sessions' },
  'act.me.changePassword': { zh: '改自己的密码', en: 'Change one’s own password' },
  'act.me.beginTotp': { zh: '开始设置两步登录', en: 'Begin to set up the second step' },
  'act.me.confirmTotp': { zh: '打开两步登录', en: 'Turn on the second step' },
  'act.me.dropTotp': { zh: '关闭两步登录', en: 'Turn off the second step' },
  'act.session.signOut': { zh: '退出登录', en: 'Sign out' },
  'audit.codeNeeded': { zh: '要两步登录的验证码', en: 'Second step asked' },
  'audit.deadSession': { zh: '登录已失效', en: 'Session is over' },
  'audit.setupFirst': { zh: '还没设好密码或两步登录', en: 'Has to set up first' },
} satisfies Catalogue;
