import type { Logger } from 'pino';
import { v7 } from 'uuid';
import { createBarcodeScanner } from '#hardware/device/barcode-scanner.ts';
import { createCardReader } from '#hardware/device/card-reader.ts';
import { openDatabase } from '#electron/store/database.ts';
import { createEventStore } from '#electron/store/event-store.ts';
import { createLendingQueries } from '#electron/store/lending-queries.ts';
