import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Application, Logger, LogLevel } from 'typedoc';

/** Constants and shapes that a type is made of, which are used inside of their package only. */
const NOT_EXPORTED = { '@riffle/codec-parquet': ['labels'], '@riffle/testkit': ['storageOperations', 'systemFaults'] };

/** Links can be followed only once all packages are there; what is exported is known only before. */
const OF_ONE = {
  notExported: true,
  invalidLink: false,
  invalidPath: false,
  notDocumented: false,
  rewrittenLink: false,
};
const OF_ALL = { ...OF_ONE, notExported: false, invalidLink: true };

/** Keeps what is wrong, so that it can be told at once. */
class ProblemLogger extends Logger {
  problems = [];

  log(message, level) {
    if (level >= LogLevel.Warn) this.problems.push(message);
  }
}

/**
 * Writes what packages export, with its doc comments, as static pages.
 *
 * @param {readonly string[]} packages Their folders. Entry points are those of `exports` in package.json that name a source.
 * @param {string} output The folder of the pages, made anew.
 * @returns {Promise<{ packages: number, problems: string[] }>} Problems: a link in a comment that leads nowhere; a type that an exported one refers to and
 * that is not exported.
 */
export async function writeApiReference(packages, output) {
  const folder = mkdtempSync(join(tmpdir(), 'riffle-api-'));
  const logger = new ProblemLogger();
  try {
    const models = [];
    for (const place of packages) {
      const { name, exports = {} } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
      const entryPoints = Object.values(exports).flatMap((entry) => entry['@riffle/source'] ?? []);
      if (entryPoints.length === 0) continue;
      const application = await Application.bootstrap({
        name,
        entryPoints: entryPoints.map((entry) => join(place, entry)),
        tsconfig: join(place, 'tsconfig.lib.json'),
        readme: 'none',
        excludePrivate: true,
        disableSources: true,
        intentionallyNotExported: NOT_EXPORTED[name] ?? [],
        validation: OF_ONE,
      });
      application.logger = logger;
      const project = await application.convert();
      if (project === undefined) return { packages: 0, problems: logger.problems };
      application.validate(project);
      const model = join(folder, `${models.length}.json`);
      await application.generateJson(project, model);
      models.push(model);
    }
    const application = await Application.bootstrap({
      name: 'Riffle, by its packages',
      entryPoints: models,
      entryPointStrategy: 'merge',
      readme: 'none',
      hideGenerator: true,
      highlightLanguages: [
        'bash',
        'console',
        'css',
        'html',
        'javascript',
        'js',
        'json',
        'jsonc',
        'json5',
        'python',
        'sql',
        'ts',
        'tsx',
        'yaml',
      ],
      validation: OF_ALL,
    });
    application.logger = logger;
    const project = await application.convert();
    if (project !== undefined) {
      application.validate(project);
      await application.generateDocs(project, output);
    }
    return { packages: models.length, problems: logger.problems };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
