import { describe, it } from 'vitest';
import { expectAnswers, expectFlipsRefused, expectFramesComeBack } from '../../support/link-security-laws.ts';

describe('link security over random channels, associations and frames', () => {
  it('gives back what was protected, once', () => expectFramesComeBack(400));

  it('refuses any flip of a bit that is covered, and takes the genuine frame behind it', () => {
    expectFlipsRefused(200, 12);
  });

  it('answers any octets, and takes nothing of another key', () => expectAnswers(400));
});
