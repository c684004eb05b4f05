export { buildColumn, type Cell } from './build-column.ts';
export {
  isPlain,
  isText,
  JSON_ENDING,
  KEY,
  NOTE,
  NOTHING,
  numberEndings,
  planMembers,
  textEndings,
  type MemberPlan,
  type MemberTarget,
  type Renames,
} from './member-plan.ts';
export { parseJson } from './numbers.ts';
export { refuseTypes } from './refuse-types.ts';
export { isKey, splitName } from './sample-name.ts';
export { BLOCK, END, frameMember, isHeader } from './tar-header.ts';
export { bytesOf, integerText, isPresent, STEP, structText, type TextOf } from './value-text.ts';
export { walkMembers, type TarMember } from './walk-members.ts';
