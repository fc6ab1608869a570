import type { InferContractRouterOutputs } from '@orpc/contract';
import type { consoleContract } from '#shared/contract/console.ts';

export type Overview = InferContractRouterOutputs<typeof consoleContract>['overview'];
