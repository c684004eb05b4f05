import { version } from './version.ts';

// Nothing is loaded for the one question that scripts ask most.
if (process.argv.length === 3 && process.argv[2] === '--version') {
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code !== 'EPIPE') process.exitCode = 1;
  });
  process.stdout.write(`${version()}\n`);
} else {
  const { readModulesInTurn } = await import('@riffle/pipeline/read-modules-in-turn');
  readModulesInTurn();
  const { runProcess } = await import('./process-host.ts');
  await runProcess();
}
