import { describe } from 'vitest';
import { portableSuite } from '../../src/crypto/portable-suite.ts';
import { nativeSuite } from '../../src/devices/real/native-suite.ts';
import { slowCryptoSuiteContract } from './crypto-suite.ts';

describe('the portable cipher suite', () => slowCryptoSuiteContract(portableSuite));

describe('the native cipher suite', () => slowCryptoSuiteContract(nativeSuite));
