#!/usr/bin/env node
// Makes packages/cli/bundle from what is built in dist: node tools/bundle/bundle.mjs
import { fileURLToPath } from 'node:url';
import { bundleCommand } from './src/bundle-command.mjs';

const packages = fileURLToPath(new URL('../../packages/', import.meta.url));

await bundleCommand(packages, fileURLToPath(new URL('../../packages/cli/bundle/', import.meta.url)));
