// What one procedure gives back before the engine dresses it: the parts of the state that change, the body of a reply,
// actions for the keyring; or a reason. A step is given the whole state and changes none of it.
import type { ReplyBodies, RequestBodies } from './procedure-pdu.ts';
import type { KeyringAction, ProcedureContext, ProcedurePolicy, ProcedureState } from './procedure-state.ts';
import type { AnsweringProcedure, ProcedureName } from './procedure-table.ts';

export interface StepDone<K, B> {
  readonly ok: true;
  readonly changed: Partial<ProcedureState>;
  readonly reply: B;
  readonly actions: readonly KeyringAction<K>[];
}

export interface StepRefused<K> {
  readonly ok: false;
  readonly reason: string;
  readonly discarded: readonly K[];
}

export type ProcedureStep<K, B> = StepDone<K, B> | StepRefused<K>;

/** Everything that a step may look at. */
export interface Given<K> {
  readonly state: ProcedureState;
  readonly policy: ProcedurePolicy;
  readonly context: ProcedureContext<K>;
}

export type ReplyOf<N extends ProcedureName> = N extends AnsweringProcedure ? ReplyBodies[N] : undefined;

export type Procedure<N extends ProcedureName> = <K>(
  given: Given<K>,
  body: RequestBodies[N],
) => ProcedureStep<K, ReplyOf<N>>;

export const refused = <K = never>(reason: string, discarded: readonly K[] = []): StepRefused<K> => ({
  ok: false,
  reason,
  discarded,
});

/** Something changed and there is nothing to answer. */
export const changed = <K = never>(
  parts: Partial<ProcedureState>,
  actions: readonly KeyringAction<K>[] = [],
): StepDone<K, undefined> => ({ ok: true, changed: parts, reply: undefined, actions });

/** Nothing changed; this is the answer. */
export const answered = <B>(reply: B): StepDone<never, B> => ({ ok: true, changed: {}, reply, actions: [] });
