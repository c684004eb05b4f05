import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { whatIsMissing } from './environments.mjs';

/** A suite that needs Python: left out where it is absent, of which `say-what-is-missing.mjs` tells. `define` is given a scratch folder. */
export function describeConsumers(name, define) {
  describe.skipIf(whatIsMissing() !== undefined)(`${name}`, () => {
    const scratch = join(tmpdir(), `riffle-consumers-${randomUUID()}`);
    beforeAll(() => mkdirSync(scratch));
    afterAll(() => rmSync(scratch, { recursive: true, force: true }));
    define(scratch);
  });
}
