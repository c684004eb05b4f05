// Asked by Nx: a result of the tests counts again only while the same environments are there.
import { ENVIRONMENTS, isInstalled, wantedStamp } from './environments.mjs';

for (const name of ENVIRONMENTS) console.log(name, isInstalled(name) ? wantedStamp(name) : 'absent');
