import type { Finding, FindingCode, InputPlace } from '@riffle/core';

/** A finding about an input; `says` goes on after its name. */
export function inputFinding(input: InputPlace, code: FindingCode, says: string, found?: string | number): Finding {
  const path = input.path ?? input.shard;
  const file = path === undefined ? input.collection : `${input.collection}/${path}`;
  const finding: Finding = { file, code, message: `${file} ${says.replace(/\.$/, '')}.`, input };
  return found === undefined ? finding : { ...finding, found };
}
