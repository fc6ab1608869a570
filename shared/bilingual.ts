import { z } from 'zod';

/** A text in the product's two languages. Chinese comes first and is never missing. */
export const bilingualSchema = z.object({ zh: z.string().min(1), en: z.string().min(1) });
export type Bilingual = z.infer<typeof bilingualSchema>;
