export { checkOutputFolder } from './preflight/check-output-folder.ts';
export { certify, type Certification, type CertifyOptions } from './certify.ts';
export { checkRecipe, type RecipeDraft } from './preflight/check-recipe.ts';
export { inspect, type InspectOptions } from './inspect.ts';
export { plan, type PlanOptions } from './plan.ts';
export { report, type ReportMade } from './report.ts';
export { run } from './run.ts';
export { survey } from './survey.ts';
export { verify, type Verification, type VerifyResultOptions } from './verify.ts';
