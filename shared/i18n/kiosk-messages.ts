import { readingMessages } from './reading-messages.ts';
import type { Catalogue } from './translate.ts';

/**
 * Every sentence of the kiosk page, in ICU message syntax. Accessible names are among them: tests find controls by these.
 * \u00a0 keeps a number with its verb; that no Chinese word is broken over two lines is seen to by the page.
 */
export const kioskMessages = {
  ...readingMessages,
  product: { zh: '红帆驿站', en: 'Red Sail Station' },
  'station.slogan': { zh: '邻里就在门口', en: 'Right at your gate' },

  'clock.day': { zh: '{day} {weekday}', en: '{weekday} {day}' },

  'footer.label': { zh: '显示方式', en: 'Display' },
  'footer.large': { zh: '大字', en: 'Large text' },
  'footer.contrast': { zh: '高对比', en: 'Contrast' },
  'footer.language': { zh: 'English', en: '中文' },

  'sync.synced': { zh: '已同步 · {time}', en: 'In sync, {time}' },
  'sync.sending': { zh: '正在上传', en: 'Sending' },
  'sync.savedHere': { zh: '已存本机，稍后上传', en: 'Will send later' },
  'sync.never': { zh: '还没连上社区服务器', en: 'No server yet' },

  'scanner.noDevice': { zh: '扫码器没有插好', en: 'Scanner unplugged' },
  'scanner.silent': { zh: '扫码器没有反应', en: 'Scanner silent' },
  'scanner.broken': { zh: '扫码器用不了', en: 'Scanner out of order' },
  'cardReader.noDevice': { zh: '读卡器没有插好', en: 'Card reader unplugged' },
  'cardReader.silent': { zh: '读卡器没有反应', en: 'Card reader silent' },
  'cardReader.broken': { zh: '读卡器用不了', en: 'Card reader out of order' },
  'icCardReader.noDevice': { zh: '工卡感应器没有插好', en: 'Staff card reader unplugged' },
  'icCardReader.silent': { zh: '工卡感应器没有反应', en: 'Staff card reader silent' },
  'icCardReader.broken': { zh: '工卡感应器用不了', en: 'Staff card reader out of order' },

  'idle.title': { zh: '借东西，直接扫码', en: 'Just scan to borrow' },
  'idle.lead': { zh: '拿起想借的，条码对准红光', en: 'Pick what you need and hold its label to the red light' },
  'idle.titleNoScanner': { zh: '自助借还暂停', en: 'Self-service is paused' },
  'idle.titleNoCardReader': { zh: '现在只能还东西', en: 'Returns only' },
  'idle.noScanner': {
    zh: '扫码器出了点问题。\n借还请找门口的值守人员。',
    en: 'The scanner has a problem.\nTo borrow or return, ask the gate staff.',
  },
  'idle.noCardReader': {
    zh: '读卡器出了点问题，暂时借不了。\n请告诉值守人员。',
    en: 'The card reader has a problem; borrowing has to wait.\nPlease tell the gate staff.',
  },
  'idle.steps': { zh: '怎么借', en: 'How to borrow' },
  'step.scan': { zh: '扫码', en: 'Scan' },
  'step.scanHint': { zh: '物品条码', en: 'its label' },
  'step.card': { zh: '刷身份证', en: 'Tap ID card' },
  'step.cardHint': { zh: '平放在读卡器上', en: 'on the reader' },
  'step.take': { zh: '拿走', en: 'Take it' },
  'step.takeHint': { zh: '记好了就能走', en: 'once it is recorded' },
  'idle.stepsReturn': { zh: '怎么还', en: 'How to return' },
  'step.putBack': { zh: '放回', en: 'Put it back' },
  'step.putBackHint': { zh: '放到架子上', en: 'on the shelf' },
  'idle.returnTitle': { zh: '还东西，扫一下就好', en: 'Just scan to return' },
  'idle.returnLead': { zh: '不用刷卡，任何驿站都能还', en: 'No card needed. Any station.' },
  'stock.title': { zh: '现在这里能借', en: 'Available now' },
  'stock.titleClosed': { zh: '现在这里有', en: 'Here at the moment' },
  /** Without a measure word: umbrellas, books and carts have each their own. */
  'stock.left': { zh: '可借 {count, number}', en: '{count, number} left' },
  'stock.here': { zh: '现有 {count, number}', en: '{count, number} here' },
  'stock.none': { zh: '现在没有', en: 'None left' },
  'stock.empty': { zh: '这里还没有登记能借的物品', en: 'Nothing to lend is registered here yet' },
  'scroll.above.types': {
    zh: '上面还有 {count, number} 种',
    en: '{count, plural, one {# more kind} other {# more kinds}} above',
  },
  'scroll.above.items': {
    zh: '上面还有 {count, number} 件',
    en: '{count, plural, one {# more item} other {# more items}} above',
  },
  'scroll.more.types': {
    zh: '下面还有 {count, number} 种',
    en: '{count, plural, one {# more kind} other {# more kinds}} below',
  },
  'scroll.more.items': {
    zh: '下面还有 {count, number} 件',
    en: '{count, plural, one {# more item} other {# more items}} below',
  },
  'scroll.top': { zh: '回到最上面', en: 'Back to the top' },

  'card.header': { zh: '借用', en: 'Borrow' },
  'card.title': { zh: '请刷身份证', en: 'Please tap your ID card' },
  'card.lead': { zh: '把身份证平放在读卡器上', en: 'Lay it flat on the card reader' },
  'card.privacy': { zh: '身份证号码不会保存', en: 'Your ID number is not kept' },
  'card.waiting': {
    zh: '要借 {count, number} 件，还可以接着扫',
    en: '{count, plural, one {# item} other {# items}} to borrow; you can scan more',
  },
  'card.waitingReturned': {
    zh: '要借 {count, number} 件，已还 {returned, number} 件',
    en: '{count, number} to borrow, {returned, number} returned',
  },
  'card.scanned': { zh: '刚才扫的', en: 'Scanned just now' },
  'card.cancel': { zh: '不借了', en: 'Cancel' },
  'card.endsIn': { zh: '{seconds, number} 秒后自动取消', en: 'Cancels in {seconds, number} s' },

  'line.lent': { zh: '借好了', en: 'Lent' },
  'line.waiting': { zh: '等刷卡', en: 'Needs a card' },
  'line.notLent': { zh: '还没借', en: 'Not lent yet' },
  'line.returned': { zh: '已归还', en: 'Returned' },
  'line.returnedLate': { zh: '晚一点没关系，还来就好', en: 'A little late is fine' },
  'line.returnedFrom': { zh: '借用人：{name}', en: 'Borrowed by {name}' },
  'line.takenBack': { zh: '已退回，请放回原处', en: 'Taken off. Please put it in its place' },
  'line.refusedLimit': {
    zh: '没有借出：每人最多借 {limit, number} 件',
    en: 'Not lent: only {limit, number} per person',
  },
  'line.refusedHelp': { zh: '先把借的那件还了，才能再借', en: 'Return yours to borrow another' },
  'line.refusedOverdue': {
    zh: '没有借出：有 {count, number} 件该还了',
    en: 'Not lent: {count, plural, one {# item is} other {# items are}} due back',
  },
  'line.refusedOverdueHelp': { zh: '先还回来，才能再借', en: 'Return what is due to borrow again' },
  'line.refusedBlocked': { zh: '没有借出：您的借用暂停了', en: 'Not lent: your borrowing is paused' },
  'line.refusedBlockedHelp': { zh: '请找社区工作人员', en: 'Please ask at the community office' },
  'line.refusedReserved': { zh: '没有借出：已经有人预约', en: 'Not lent: somebody has reserved it' },
  'line.refusedTakeAnother': { zh: '换一件试试，或问值守人员', en: 'Try another one, or ask the gate staff' },
  'line.refusedUnattended': { zh: '没有借出：这种由值守人员借出', en: 'Not lent: the gate staff lend these' },
  'line.refusedUnattendedHelp': { zh: '请告诉门口的值守人员', en: 'Please tell the gate staff' },
  'line.refusedOffline': {
    zh: '没有借出：断网时这种只能还',
    en: 'Not lent: without a network these can only be returned',
  },
  'line.refusedOfflineHelp': { zh: '请过一会再来', en: 'Please come back a little later' },
  'line.refusedAside': { zh: '没有借出：这一件暂时不借', en: 'Not lent: this one is not for loan now' },
  'line.anyStation': { zh: '任何驿站都能还', en: 'at any station' },
  'line.takeBack': { zh: '退回', en: 'Give back' },
  'line.takeBackName': { zh: '退回 {item} {code}', en: 'Give back {item} {code}' },
  'line.drop': { zh: '不要了', en: 'Remove' },
  'line.dropName': { zh: '不要 {item} {code}', en: 'Remove {item} {code}' },

  'due.todayBy': { zh: '最晚今天{time}还', en: 'Due today by {time}' },
  'due.today': { zh: '今天还', en: 'Due today' },
  'due.tomorrowBy': { zh: '最晚明天{time}还', en: 'Due tomorrow by {time}' },
  'due.tomorrow': { zh: '明天还', en: 'Due tomorrow' },
  'due.dayBy': { zh: '最晚{day}{time}还', en: 'Due {day} by {time}' },
  'due.day': { zh: '最晚{day}还', en: 'Due by {day}' },
  'due.past': { zh: '{day}就该还了', en: 'Was due {day}' },
  'due.pastToday': { zh: '今天{time}就该还了', en: 'Was due today {time}' },

  'borrow.header': { zh: '借用', en: 'Borrow' },
  'borrow.holding': {
    zh: '{count, plural, =0 {名下没有在借的东西} other {名下一共借着 # 件}}',
    en: '{count, plural, =0 {Nothing on loan} one {# item on loan} other {# items on loan}}',
  },
  'borrow.overdue': {
    zh: '{count, plural, other {有 # 件该还了，还来就好}}',
    en: '{count, plural, one {# item is due: just bring it back} other {# items are due: just bring them back}}',
  },
  'borrow.holdingBefore': { zh: '之前借的', en: 'You already have' },
  'borrow.more': { zh: '还要借？继续扫', en: 'More? Keep scanning' },
  'borrow.moreHint': {
    zh: '扫一件，记一件。\n拿错了，点“退回”就好。',
    en: 'Each scan is recorded.\nWrong one? Tap Give back.',
  },
  'borrow.first': { zh: '想借什么？扫一下', en: 'What would you like? Scan it' },
  'borrow.firstHint': {
    zh: '扫一件，记一件。\n还东西也是扫一下。',
    en: 'Each scan is recorded.\nScan to return things, too.',
  },
  'borrow.empty': { zh: '扫到的东西会列在这里', en: 'What you scan is listed here' },
  'borrow.emptyHint': {
    zh: '每一件都写明什么时候还。\n拿错了，点“退回”就好。',
    en: 'Each with the time it is due.\nWrong one? Tap Give back.',
  },
  'borrow.done': {
    zh: '{count, plural, other {好了，拿走}}',
    en: '{count, plural, one {Done, take it with you} other {Done, take them with you}}',
  },
  /** Beside something that was not lent: what may be taken are the others. */
  'borrow.doneOthers': {
    zh: '好了，拿走另外 {count, number} 件',
    en: '{count, plural, one {Done, take the other one} other {Done, take the other #}}',
  },
  'borrow.doneEmpty': { zh: '好了', en: 'Done' },
  'borrow.endsIn': { zh: '{seconds, number} 秒后自动结束 · 借用已记录', en: 'Recorded. Closes in {seconds, number} s' },
  endsSoon: {
    zh: '{seconds, number} 秒后结束，点屏幕多留一会',
    en: 'Closes in {seconds, number} s. Touch the screen to stay',
  },
  endsIn: { zh: '{seconds, number} 秒后自动结束', en: 'Closes in {seconds, number} s' },

  'return.header': { zh: '归还', en: 'Return' },
  'return.title': { zh: '已归还，谢谢您', en: 'Returned, thank you' },
  'return.titleLate': { zh: '还回来就好，谢谢您', en: 'Good to see it again. Thank you' },
  'return.lead': {
    zh: '{count, plural, other {收到 # 件，请放回架子上}}',
    en: '{count, plural, one {# item is recorded. Please put it back} other {# items are recorded. Please put them back}}',
  },
  'return.more': { zh: '还有要归还的？继续扫', en: 'More to return? Keep scanning' },
  'return.moreHint': { zh: '想接着借也行，直接扫就好', en: 'To borrow something, scan it too' },
  'return.done': { zh: '好了', en: 'Done' },

  'receipt.header': { zh: '办好了', en: 'All done' },
  'receipt.title': {
    zh: '{count, plural, other {都记好了，请拿好}}',
    en: '{count, plural, one {Recorded. Take it with you} other {Recorded. Take them with you}}',
  },
  'receipt.titleReturned': {
    zh: '{count, plural, =1 {已归还，谢谢您} other {都还完了，谢谢您}}',
    en: '{count, plural, one {Returned, thank you} other {All returned, thank you}}',
  },
  'receipt.lead': {
    zh: '用完还到任何一个红帆驿站，扫一下就好',
    en: 'When done, scan at any Red\u00a0Sail\u00a0Station to return',
  },
  'receipt.leadBoth': {
    zh: '还的请放回架子上，借的用完扫一下就好',
    en: 'Put back what you returned; scan the others when you bring them back',
  },
  'receipt.leadReturned': { zh: '有需要，随时再来', en: 'Come back whenever you need something' },
  'receipt.savedHere': {
    zh: '记录已存本机，网络好了会自动上传',
    en: 'Saved here; will be sent when the network is back',
  },
  'receipt.lentCount': {
    zh: '借了 {count, number} 件',
    en: '{count, plural, one {# item borrowed} other {# items borrowed}}',
  },
  'receipt.returnedCount': {
    zh: '还了 {count, number} 件',
    en: '{count, plural, one {# item returned} other {# items returned}}',
  },
  'receipt.done': { zh: '知道了', en: 'OK' },

  'notice.unknownCode': { zh: '这个码不是驿站的', en: 'This is not one of our labels' },
  'notice.unknownCodeHelp': {
    zh: '请扫带红帆的标签，编号以 HF 开头。\n标签坏了，请找值守人员。',
    en: 'Scan the label with the red sail on it.\nIts number begins with HF.\nDamaged label? Ask the gate staff.',
  },
  'notice.unknownItem': { zh: '这件东西还没登记', en: 'This item is not registered yet' },
  'notice.unknownItemHelp': {
    zh: '要借，请换一件。\n要还，请交给值守人员。',
    en: 'To borrow, take another one.\nTo return it, give it to the gate staff.',
  },
  'notice.notForLoan': { zh: '这一件暂时不借', en: 'This one is not for loan now' },
  'notice.notForLoanHelp': {
    zh: '要先检查或修好。\n请放在一边，换一件。',
    en: 'It has to be checked or mended first.\nLeave it aside and take another one.',
  },
  'notice.alreadyWaiting': { zh: '{item}已经扫过了', en: '{item} is already scanned' },
  'notice.alreadyWaitingHelp': {
    zh: '请刷身份证，或扫下一件。',
    en: 'Lay your ID card on the reader, or scan the next one.',
  },
  'notice.alreadyLent': { zh: '{item}已经记在您名下', en: '{item} is already on your list' },
  'notice.alreadyLentHelp': {
    zh: '不用再扫。\n拿错了，点标出的那一件就退回。',
    en: 'No need to scan again.\nWrong one? Tap the marked row.',
  },
  'notice.alreadyReturned': { zh: '{item}已经还过了', en: '{item}: returned already' },
  'notice.alreadyReturnedHelp': {
    zh: '不用再扫，放回架子上就好。',
    en: 'No need to scan again.\nJust put it back on the shelf.',
  },
  'notice.cardUnreadable': { zh: '没有读到您的身份证', en: 'Your card could not be read' },
  'notice.cardUnreadableHelp': {
    zh: '请把身份证放平、别动，再试一次。\n还是不行，请找值守人员。',
    en: 'Lay the ID card flat, hold it still and try again.\nIf it still fails, ask the gate staff.',
  },
  'notice.otherCard': { zh: '这张卡不能借东西', en: 'This card is not for borrowing' },
  'notice.otherCardHelp': {
    zh: '请用身份证，放在旁边的读卡器上。\n还东西不用刷卡。',
    en: 'Please use your ID card, on the other reader.\nTo return something you need no card.',
  },
  'notice.notRecorded': { zh: '这一次没有记上', en: 'This one was not recorded' },
  'notice.notRecordedHelp': {
    zh: '没有借出，也没有还上。\n东西先别拿走，以前的记录都在。\n请再试一次，或找值守人员。',
    en: 'Nothing was lent or returned; earlier records are safe.\nPlease leave it here.\nTry again, or ask the gate staff.',
  },
  'notice.refused': { zh: '{item}没有借出', en: '{item} was not lent' },
  'notice.refusedHelp': {
    zh: '这种每人最多借 {limit, number} 件。\n请把它放回架子上。',
    en: 'The limit is {limit, number} of these for each person.\nPlease put it back.',
  },
  'trouble.scanner': { zh: '扫码器出了点问题', en: 'The scanner has a problem' },
  'trouble.scannerHelp': {
    zh: '前面借的、还的都记好了。\n还要借还，请找门口的值守人员。',
    en: 'What you borrowed or returned is recorded.\nFor more, ask the gate staff.',
  },
  'trouble.cardReader': { zh: '读卡器出了点问题', en: 'The card reader has a problem' },
  'trouble.cardReaderHelp': {
    zh: '暂时借不了，一件都没有借出。\n请把东西放回架子上，或找值守人员。',
    en: 'Nothing was lent.\nPlease put things back, or ask the gate staff.',
  },
  'unknown.header': { zh: '请看一下', en: 'Please check' },
  'unknown.read': { zh: '刚才扫到的', en: 'Scanned' },
  'unknown.done': { zh: '知道了', en: 'OK' },

  'repair.restored': {
    zh: '值守人员请看：本机的记录文件损坏了，已用{day} {time}的备份恢复。',
    en: 'Staff: the records file was damaged. The backup of {day},\u00a0{time} is in its place.',
  },
  'repair.mended': {
    zh: '值守人员请看：本机的记录文件损坏了，已经修好。',
    en: 'Staff: the records file was damaged. It has been mended.',
  },
  'repair.started-empty': {
    zh: '值守人员请看：本机的记录文件损坏了，也没有备份，已经从头开始。',
    en: 'Staff: the records file was damaged, with no backup. A new one was begun.',
  },
  'repair.doubted': {
    zh: '值守人员请看：本机的记录文件有损坏。请有空时重启这台机器，它会自己修好。',
    en: 'Staff: the records file is damaged. Please restart this machine when there is time; it mends itself.',
  },
  'repair.filling': {
    zh: '正从社区服务器补齐，可以照常借还。',
    en: 'The rest is coming from the community server. Lending goes on as usual.',
  },
  'repair.fillingLater': {
    zh: '连上社区服务器后会补齐，可以照常借还。',
    en: 'The rest will come once the community server is reached. Lending goes on as usual.',
  },
  'repair.filledIn': {
    zh: '社区服务器上有的，都已经补齐。',
    en: 'The community server has filled in all it has.',
  },
  'repair.mayLack': {
    zh: '还没上传的几笔借还可能缺了，请核对。',
    en: 'Loans and returns not sent by then may be missing. Please check.',
  },
  'repair.seen': { zh: '知道了', en: 'OK' },

  'fault.title': { zh: '这台机器暂时用不了', en: 'This machine is out of order' },
  'fault.happened': { zh: '怎么了', en: 'What happened' },
  'fault.happenedText': { zh: '本机的记录文件打不开。', en: 'The file with its records cannot be opened.' },
  'fault.safe': { zh: '放心', en: 'What is safe' },
  'fault.safeText': {
    zh: '文件没有被改动，以前的借还记录都在。',
    en: 'The file was not changed. Earlier loans and returns are kept.',
  },
  'revoked.title': { zh: '这台机器已经停用', en: 'This machine is out of service' },
  'revoked.happenedText': { zh: '社区管理员在管理台停用了它。', en: 'An admin of the community has switched it off.' },
  'revoked.safeText': { zh: '您的个人信息已经从机器上清除。', en: 'Your personal data has been erased from it.' },
  'fault.help': { zh: '怎么办', en: 'What to do' },
  'fault.helpText': {
    zh: '借还请找门口值守人员，或打\u00a0440\u00a0热线。',
    en: 'To borrow or return, ask the gate staff or call the 440\u00a0hotline.',
  },
  'fault.helpPhone': {
    zh: '借还请找门口值守人员（{phone}），或打\u00a0440\u00a0热线。',
    en: 'To borrow or return, ask the gate staff ({phone}) or call the 440\u00a0hotline.',
  },

  'connecting.title': { zh: '马上就好', en: 'Just a moment' },
  'connecting.start': { zh: '机器正在准备', en: 'Getting ready' },
  'connecting.lost': { zh: '机器正在恢复，已经记好的借还都在', en: 'Getting back to work; what was recorded is safe' },
  'connecting.help': {
    zh: '要是一直这样，\n请找门口值守人员，或拨打\u00a0440',
    en: 'If this goes on, ask the gate staff or call\u00a0440',
  },
} as const satisfies Catalogue;
