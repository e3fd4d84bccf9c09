// Who owes an answer, as pure steps, and a test of all that a command may ask for. Bounds: one entry for each component
// that owes an answer, one test at a time.
import type { Outcome, Progress } from '../../kernel/declare.ts';
import type { Step } from '../../kernel/machine.ts';
import type { Pong } from '../../kernel/patterns.ts';
import type { EachType } from '../each-type.ts';

interface Debtor {
  readonly base: number;
  /** Pings in a row without an answer. */
  readonly pings: number;
}

/** A test under way. A round is judged when the next has begun: only then is it known who has not answered. */
interface SelfTest {
  readonly rounds: number;
  /** Rounds that have begun since it was asked for. */
  readonly begun: number;
  /** The first component that was late in it. */
  readonly late: string | undefined;
}

export interface Watching {
  readonly rounds: number;
  readonly answers: number;
  readonly worstLatencyUs: number;
  readonly debtors: readonly Debtor[];
  readonly test: SelfTest | undefined;
}

interface Who {
  readonly component: string;
  readonly base: number;
}

export type WatchAction =
  | { readonly type: 'ping'; readonly round: number }
  | EachType<'late' | 'missing', { readonly who: Who; readonly pings: number }>
  | { readonly type: 'recovered'; readonly who: Who; readonly latencyUs: number }
  | { readonly type: 'tested'; readonly outcome: Outcome | Progress };

type To = Step<Watching, WatchAction>;

const LONGEST_NAME = 32;

export const firstWatching: Watching = { rounds: 0, answers: 0, worstLatencyUs: 0, debtors: [], test: undefined };

/** When a round begins, the one before it can still be open: the one before that has been judged. */
const LAG_ROUNDS = 2;

const tested = (outcome: Outcome | Progress): WatchAction => ({ type: 'tested', outcome });

/** The test moves on with a round that begins: it ends with the first component that was late, or after all rounds. */
const testOn = (state: Watching): readonly [Watching, ...WatchAction[]] => {
  const { test } = state;
  if (test === undefined) return [state];
  if (test.late !== undefined)
    return [{ ...state, test: undefined }, tested({ failed: `component is late: ${test.late}` })];
  const passed = test.begun + 1 - LAG_ROUNDS;
  const next = { ...state, test: { ...test, begun: test.begun + 1 } };
  if (passed < 1) return [next];
  if (passed < test.rounds) return [next, tested({ progress: passed })];
  return [{ ...state, test: undefined }, tested({ progress: passed }), tested('done')];
};

export const ping = (state: Watching): To => {
  const rounds = state.rounds + 1;
  const [next, ...told] = testOn(state);
  return [{ ...next, rounds }, { type: 'ping', round: rounds }, ...told];
};

/** Asked for a test of so many rounds. Whoever owes an answer already fails it with the first round. */
export const beginTest = (state: Watching, rounds: number): To => [
  { ...state, test: { rounds, begun: 0, late: undefined } },
];

const lateInTest = (state: Watching, { component }: Who): Watching =>
  state.test === undefined || state.test.begun === 0 || state.test.late !== undefined
    ? state
    : { ...state, test: { ...state.test, late: component } };

const owes = (before: Watching, who: Who, missingAfter: number): To => {
  const state = lateInTest(before, who);
  const known = state.debtors.find(({ base }) => base === who.base);
  const pings = (known?.pings ?? 0) + 1;
  const debtors = [...state.debtors.filter((each) => each !== known), { base: who.base, pings }];
  if (pings === missingAfter)
    return [
      { ...state, debtors },
      { type: 'missing', who, pings },
    ];
  return known === undefined
    ? [
        { ...state, debtors },
        { type: 'late', who, pings },
      ]
    : [{ ...state, debtors }];
};

/** An answer, or the word that the one before is still owed. */
export const pong = (state: Watching, { instance, id, answered, latencyUs }: Pong, missingAfter: number): To => {
  // A composed graph puts the name of the part before that of the component.
  const name = instance.slice(instance.lastIndexOf('/') + 1);
  const who = { component: name.slice(0, LONGEST_NAME), base: id };
  const worstLatencyUs = Math.max(state.worstLatencyUs, latencyUs);
  if (!answered) return owes({ ...state, worstLatencyUs }, who, missingAfter);
  const answers = state.answers + 1;
  if (!state.debtors.some(({ base }) => base === id)) return [{ ...state, answers, worstLatencyUs }];
  const debtors = state.debtors.filter(({ base }) => base !== id);
  return [
    { ...state, answers, worstLatencyUs, debtors },
    { type: 'recovered', who, latencyUs },
  ];
};
