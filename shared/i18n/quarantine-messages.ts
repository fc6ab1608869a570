import type { Catalogue } from './translate.ts';

/** Sentences of the console about what the server did not take. `refusal.*`: the codes of contract/sync.ts, for people. */
export const quarantineMessages = {
  'nav.setAside': { zh: '待查', en: 'Set aside' },
  'overview.setAside': { zh: '待查', en: 'Set aside' },
  'overview.setAsideHint': {
    zh: '{count, plural, =0 {收到的都已入账} other {没有入账，请看一看}}',
    en: '{count, plural, =0 {All is recorded} other {Not recorded, please check}}',
  },
  'setAside.lead': {
    zh: '服务器没有入账的内容，原样留着等人看',
    en: 'Events that the server did not accept, kept as they came for somebody to check',
  },
  'setAside.table': { zh: '待查列表', en: 'Set aside' },
  'setAside.total': { zh: '共 {count, number} 条', en: '{count, plural, one {# entry} other {# entries}}' },
  'setAside.empty': { zh: '没有待查的内容，收到的都已入账', en: 'Nothing is set aside: all that came was taken' },
  'setAside.noneMatch': { zh: '没有符合条件的内容', en: 'No entries match' },
  'setAside.received': { zh: '收到时间', en: 'Received' },
  'setAside.sender': { zh: '终端', en: 'Terminal' },
  'setAside.reason': { zh: '原因', en: 'Reason' },
  'setAside.event': { zh: '事件', en: 'Event' },
  'setAside.subject': { zh: '对象', en: 'Subject' },
  'setAside.state': { zh: '状态', en: 'State' },
  'setAside.raw': { zh: '详情', en: 'Details' },
  'setAside.open': { zh: '待查', en: 'Pending' },
  /** There is nothing to do about it. */
  'setAside.counted': { zh: '无需处理', en: 'Fine' },
  'setAside.settled': { zh: '已入账', en: 'Let in' },
  'setAside.settledBy': { zh: '{account} 于 {time} 让它入账', en: 'Let in by {account}, {time}' },
  'setAside.means': { zh: '是什么情况', en: 'What it means' },
  'setAside.toDo': { zh: '该怎么办', en: 'What to do' },
  'setAside.allReasons': { zh: '全部原因', en: 'All reasons' },
  'setAside.allSenders': { zh: '全部终端', en: 'All terminals' },
  'setAside.openOnly': { zh: '只看待查', en: 'Pending only' },
  'setAside.withSettled': { zh: '也看已入账', en: 'Let in as well' },
  'setAside.look': { zh: '查看', en: 'View' },
  'setAside.lookOne': { zh: '查看：{terminal}，{time}', en: 'View: {terminal}, {time}' },
  'setAside.gone': {
    zh: '这条已经不在这里了：缺的补齐后，它已自动入账。',
    en: 'This entry is gone: what it waited for has come, and it was taken.',
  },
  'setAside.copy': { zh: '复制原文', en: 'Copy the text' },
  'setAside.copied': { zh: '已复制', en: 'Copied' },
  'setAside.copyByHand': { zh: '已选中，请按 Ctrl+C 复制', en: 'Selected: press Ctrl+C to copy' },
  'setAside.cut': {
    zh: '原文共 {count, number} 个字符，这里只显示开头；复制时是全部。',
    en: 'The text has {count, number} characters; its beginning is shown, all of it is copied.',
  },
  'setAside.letIn': { zh: '让它入账', en: 'Let it in' },
  'setAside.letInSure': {
    zh: '这件事真的发生过吗？入账后不能撤回，时间记为现在。',
    en: 'Did this really happen? Once in the ledger it stays, and it is dated now.',
  },
  'setAside.letInYes': { zh: '确定入账', en: 'Yes, let it in' },
  'setAside.letInNo': { zh: '先不入账', en: 'Not now' },
  'setAside.letInAdmins': { zh: '只有管理员能让它入账。', en: 'Only an admin can let it in.' },
  'setAside.notOpen': { zh: '这条已经处理过了。', en: 'This entry has been dealt with already.' },
  'setAside.failed': { zh: '没有成功，请再试一次。', en: 'That did not work. Please try again.' },

  'refusal.malformed': { zh: '看不懂的内容', en: 'Unreadable' },
  'refusal.malformed.means': {
    zh: '这不是一条完整的事件，或者前后自相矛盾。',
    en: 'This is not a complete event, or its parts contradict each other.',
  },
  'refusal.malformed.do': {
    zh: '把原文交给维护人员；事情要是真的发生过，请在驿站重新记一次。',
    en: 'Give the text to whoever maintains the software; if something did happen, record it again at the station.',
  },
  'refusal.gap': { zh: '前面缺了事件', en: 'Something before it is missing' },
  'refusal.gap.means': { zh: '在它之前的事件还没有送到。', en: 'An event before this one has not come yet.' },
  'refusal.gap.do': {
    zh: '终端会自己补送，补齐后这条会自动入账。过一天还在，就去看看这台终端。',
    en: 'The terminal sends it by itself, and then this one is taken. If it is still here in a day, look at the terminal.',
  },
  'refusal.wrong-chain': { zh: '和前一条接不上', en: 'Does not follow on' },
  'refusal.wrong-chain.means': {
    zh: '它记着的前一条，和服务器收到的不一样。',
    en: 'It does not continue from the last event that the server has of this terminal.',
  },
  'refusal.wrong-chain.do': {
    zh: '这台终端的数据可能坏了或被改过，请维护人员检查。',
    en: 'The data of the terminal may be damaged or altered: have it checked.',
  },
  'refusal.forked-log': { zh: '同一序号有两条', en: 'Two events at one place' },
  'refusal.forked-log.means': {
    zh: '服务器在这个序号已有另一条事件：终端多半恢复过旧备份，或者被整机复制过。',
    en: 'The server has another event at this place: the terminal was put back from a backup, or copied.',
  },
  'refusal.forked-log.do': {
    zh: '终端会换个编号重新发送，不用处理。同一台反复出现时，查一查是不是两台机器装了同一份系统。',
    en: 'The terminal sends it again under a new name. If it keeps happening, look for two machines with the same disk.',
  },
  'refusal.foreign-terminal': { zh: '终端名对不上', en: 'In the name of another terminal' },
  'refusal.foreign-terminal.means': {
    zh: '记录里写的终端，不是发送它的这一台。',
    en: 'The terminal named in it is not the one that sent it.',
  },
  'refusal.foreign-terminal.do': {
    zh: '去看看这台终端；说不清原因的话，请管理员在终端页停用它。',
    en: 'Look at the terminal; if nobody can explain it, an admin should revoke it.',
  },
  'refusal.ahead': { zh: '终端时钟快了', en: 'Clock ahead' },
  'refusal.ahead.means': {
    zh: '它的时间比服务器快了 24 小时以上，时钟不准。',
    en: 'Its time is more than 24 hours ahead of the server: the clock was wrong.',
  },
  'refusal.ahead.do': {
    zh: '先把终端的时钟调准，再核对实物，确有其事就由管理员让它入账。',
    en: 'Set the clock of the terminal right and check the goods; if it did happen, an admin lets it in.',
  },
  'refusal.not-allowed': { zh: '终端不能写的事件', en: 'Not for terminals to write' },
  'refusal.not-allowed.means': { zh: '这类事件只能由服务器写。', en: 'Only the server writes events of this type.' },
  'refusal.not-allowed.do': {
    zh: '要改设置请在服务器上改；没人改过设置的话，请维护人员检查这台终端。',
    en: 'Change settings at the server; if nobody meant to, have the terminal checked.',
  },
  'refusal.wrong-scope': { zh: '可见范围不对', en: 'Wrong scope' },
  'refusal.wrong-scope.means': {
    zh: '它要给谁看，和这类对象的规定不一样。',
    en: 'Who may see it does not match this kind of record.',
  },
  'refusal.wrong-scope.do': {
    zh: '多半是软件版本不一致：升级这台终端，把原文交给维护人员。',
    en: 'Its software is likely of another version: update the terminal, and give the text to whoever maintains it.',
  },
  'refusal.known-elsewhere': { zh: '已经入过账', en: 'In the ledger already' },
  'refusal.known-elsewhere.means': {
    zh: '同一件事已用另一个编号入账，不会重复计算。',
    en: 'The same event is in the ledger under another number; it does not count twice.',
  },
  'refusal.known-elsewhere.do': { zh: '不用处理。', en: 'Nothing to do.' },
} as const satisfies Catalogue;
