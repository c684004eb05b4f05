export { checkOutputFolder } from './preflight/check-output-folder.ts';
export { checkRecipe, type RecipeDraft } from './preflight/check-recipe.ts';
export { inspect, type InspectOptions } from './inspect.ts';
export { plan } from './plan.ts';
export { report, type ReportMade } from './report.ts';
export { run } from './run.ts';
export { survey } from './survey.ts';
export { trial, type Speeds } from './trial.ts';
export { verify, type Verification, type VerifyResultOptions } from './verify.ts';
