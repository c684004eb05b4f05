// `npm test`: the same set-up as `npm start`, then everything that Nx knows to check, in one call.
import { install, nx } from './workspace.mjs';

install();
nx('run-many', '-t', 'build', 'bundle', 'typecheck', 'test');
