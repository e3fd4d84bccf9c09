// The life of a key, CCSDS 355.1-B-1: pre-active, active, deactivated, destroyed. Corrupted is what a failed check of
// its octets makes of it. Anything that the table does not name is refused as an illegal transition.

/** In the order of their codes 0 to 4. */
export const keyStates = ['preActive', 'active', 'deactivated', 'destroyed', 'corrupted'] as const;
export type KeyState = (typeof keyStates)[number];

export const keyEvents = ['activate', 'deactivate', 'destroy', 'corrupt'] as const;
export type KeyEvent = (typeof keyEvents)[number];

/**
 * A pre-active key may be destroyed, because an epoch that was never confirmed is discarded; an active one must be
 * deactivated first, so that nothing loses the key that it works with in one step.
 */
const transitions: Readonly<Record<KeyState, Partial<Record<KeyEvent, KeyState>>>> = {
  preActive: { activate: 'active', destroy: 'destroyed', corrupt: 'corrupted' },
  active: { deactivate: 'deactivated', corrupt: 'corrupted' },
  deactivated: { destroy: 'destroyed', corrupt: 'corrupted' },
  destroyed: {},
  corrupted: { destroy: 'destroyed' },
};

/** The state that follows, or undefined: the transition does not exist. */
export const nextKeyState = (state: KeyState, event: KeyEvent): KeyState | undefined => transitions[state][event];
