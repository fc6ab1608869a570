import type { Catalogue } from './translate.ts';

/** Every sentence of the dock, in ICU message syntax. Accessible names are among them: tests find controls by these. */
export const dockMessages = {
  title: { zh: '设备坞 · 红帆驿站', en: 'Dock · Red Sail Station' },
  dock: { zh: '设备坞', en: 'Dock' },
  lead: {
    zh: '开发用：让模拟的扫码器和读卡器动起来。人和物都是虚构的。',
    en: 'For development: makes the emulated scanners and card readers speak. People and items are made up.',
  },
  switchLanguage: { zh: 'English', en: '中文' },
  connecting: { zh: '正在连接演示程序', en: 'Connecting to the demo' },
  lost: { zh: '和演示程序的连接断了，正在重连', en: 'The line to the demo is down, reconnecting' },

  'server.name': { zh: '社区服务器', en: 'Community server' },
  'server.up': { zh: '运行中', en: 'Running' },
  'server.down': { zh: '已关闭', en: 'Off' },
  'server.switchOff': { zh: '关闭服务器', en: 'Switch server off' },
  'server.switchOn': { zh: '启动服务器', en: 'Switch server on' },
  'server.console': { zh: '打开管理台', en: 'Open console' },

  'terminal.kiosk': { zh: '打开终端页面', en: 'Open kiosk' },
  'terminal.none': { zh: '演示程序没有启动任何终端', en: 'The demo has started no terminals' },

  'scanner.name': { zh: '扫码器', en: 'Scanner' },
  'scanner.quick': { zh: '本站每种一件，点一下就扫', en: 'One of each type here: click to scan' },
  'scanner.quickOne': { zh: '扫描 {type} {item}', en: 'Scan {type} {item}' },
  'scanner.search': { zh: '找物品', en: 'Find item' },
  'scanner.searchHint': { zh: '编号、种类、园区或备注', en: 'Number, type, station or note' },
  'scanner.items': { zh: '物品', en: 'Items' },
  'scanner.scan': { zh: '扫描所选物品', en: 'Scan item' },
  'scanner.text': { zh: '任意文字', en: 'Any text' },
  'scanner.textHint': { zh: '扫码器读到的任意文字', en: 'Any text for the scanner to read' },
  'scanner.scanText': { zh: '扫描文字', en: 'Scan text' },

  'reader.name': { zh: '读卡器', en: 'Card reader' },
  'reader.search': { zh: '找居民', en: 'Find resident' },
  'reader.searchHint': { zh: '姓名或园区', en: 'Name or garden' },
  'reader.residents': { zh: '居民', en: 'Residents' },
  'reader.tap': { zh: '刷卡', en: 'Tap card' },
  'reader.card': { zh: '卡在读卡器上：{name}', en: 'Card on the reader: {name}' },
  'reader.empty': { zh: '读卡器上没有卡', en: 'No card on the reader' },

  'device.plugged': { zh: '已插上', en: 'Plugged in' },
  'device.unplugged': { zh: '已拔掉', en: 'Unplugged' },
  'device.garbage': { zh: '乱码', en: 'Garbage' },
  'device.halfFrame': { zh: '半帧', en: 'Half frame' },
  'device.unplug': { zh: '拔掉', en: 'Unplug' },
  'device.plug': { zh: '插上', en: 'Plug in' },
  'scanner.garbage': { zh: '扫码器发乱码', en: 'Scanner: garbage' },
  'scanner.halfFrame': { zh: '扫码器发半帧', en: 'Scanner: half frame' },
  'scanner.unplug': { zh: '拔掉扫码器', en: 'Unplug scanner' },
  'scanner.plug': { zh: '插上扫码器', en: 'Plug in scanner' },
  'reader.garbage': { zh: '读卡器发乱码', en: 'Card reader: garbage' },
  'reader.halfFrame': { zh: '读卡器发半帧', en: 'Card reader: half frame' },
  'reader.unplug': { zh: '拔掉读卡器', en: 'Unplug card reader' },
  'reader.plug': { zh: '插上读卡器', en: 'Plug in card reader' },

  noMatch: { zh: '没有符合的', en: 'No match' },
  'log.scan': { zh: '扫描 {text}', en: 'Scan {text}' },
  'log.card': { zh: '刷卡 {name}', en: 'Tap card of {name}' },
  'log.title': { zh: '操作记录', en: 'What was done' },
  'log.empty': { zh: '还没有做什么', en: 'Nothing yet' },
  'action.failed': {
    zh: '这一步没有做成，请看演示程序的输出。',
    en: 'That did not work. See the output of the demo.',
  },
} as const satisfies Catalogue;
