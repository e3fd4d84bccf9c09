// Why a port could not be taken, in one line that says which port and what to do about it.

export type Transport = 'UDP' | 'TCP';

export interface Endpoint {
  /** A numeric address: names are resolved by whoever reads the options, once. */
  readonly address: string;
  /** 0 lets the host choose. */
  readonly port: number;
}

export class BindError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'BindError';
    this.code = code;
  }
}

const advice = (code: string): string => {
  if (code === 'EADDRINUSE') return 'is in use: stop the program that holds it, or choose another port';
  if (code === 'EACCES') return 'is not allowed to this user: choose a port from 1024 up';
  if (code === 'EADDRNOTAVAIL') return 'has an address that this host does not own: choose one of its own, or 0.0.0.0';
  return `cannot be taken (${code}): choose another address or port`;
};

export const bindError = (
  transport: Transport,
  { address, port }: Endpoint,
  error: NodeJS.ErrnoException,
): BindError => {
  const code = error.code ?? 'unknown';
  return new BindError(code, `${transport} port ${port} on ${address} ${advice(code)}`);
};
