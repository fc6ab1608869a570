import { z } from 'zod';

// Must run before any schema is built: zod otherwise tries `new Function`, which the pages' CSP forbids and reports.
z.config({ jitless: true });
