// How a program that runs until it is told otherwise is told: Ctrl-C, a service manager, or a terminal that goes away.

export const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
