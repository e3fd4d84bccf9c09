import { describe, it } from 'vitest';
import { expectAnswers, expectFlipsRefused, expectFramesComeBack } from '../../support/link-security-laws.ts';

describe('link security, at length', () => {
  it('gives back what was protected, 20 000 random frames', () => expectFramesComeBack(20_000));

  it('refuses every one of 1 000 000 flips that meets a covered bit', () => expectFlipsRefused(20_000, 50));

  it('answers 400 000 frames that were cut, edited or made up', () => expectAnswers(100_000));
});
