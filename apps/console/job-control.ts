// Ctrl-Z of a program that reads keys itself: the host then sends no signal, so that the console stops its job by
// itself, and takes the terminal back when the shell lets the job go on. On Windows there are no jobs.

export interface JobControl {
  /** Stops the job: this process and whoever started it below the shell. */
  suspend(): void;
  /** `listener` hears each time that the job goes on, whoever had stopped it. Returns what ends that. */
  onContinue(listener: () => void): () => void;
}

const jobControl: JobControl = {
  // The whole group, as the terminal does it: the shell waits for the first of it, which may be a launcher.
  suspend: () => void process.kill(0, 'SIGTSTP'),
  onContinue: (listener) => {
    process.on('SIGCONT', listener);
    return () => void process.off('SIGCONT', listener);
  },
};

export const hostJobControl: JobControl | undefined = process.platform === 'win32' ? undefined : jobControl;
