// Adds up the reports of vitest and the steps that failed without one; prints `N passed, N failed` as the last line.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { argv, exit, stdout } from 'node:process';

const folder = argv[2];
const reports = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')));
const sum = (key) => reports.reduce((total, report) => total + report[key], 0);

for (const report of reports)
  for (const file of report.testResults) {
    const failed = file.assertionResults.filter((test) => test.status === 'failed');
    for (const test of failed) stdout.write(`failed: ${file.name}: ${test.fullName}\n`);
    // A file that could not even be loaded has no test to count.
    if (file.status === 'failed' && failed.length === 0) stdout.write(`failed: ${file.name}: ${file.message}\n`);
  }

const broken = reports.reduce(
  (total, report) =>
    total +
    report.testResults.filter(
      (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
    ).length,
  0,
);
const stepsFile = `${folder}/failed-steps`;
const steps = existsSync(stepsFile) ? readFileSync(stepsFile, 'utf8').trim().split('\n') : [];
for (const step of steps) stdout.write(`failed step: ${step}\n`);

// A step is counted once: by its failed tests where a report has any, otherwise as itself.
const tests = sum('numFailedTests') + broken;
const failed = tests > 0 ? Math.max(tests, steps.length) : steps.length;
stdout.write(`${sum('numPassedTests')} passed, ${failed} failed\n`);
exit(failed > 0 || sum('numPassedTests') === 0 ? 1 : 0);
