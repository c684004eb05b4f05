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
export { isKey, splitName, type SampleName } from './sample-name.ts';
export { BLOCK, END, frameMember, isHeader } from './tar-header.ts';
export { walkMembers, type TarMember, type WalkOptions } from './walk-members.ts';
