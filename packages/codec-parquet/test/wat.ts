/** Pieces of WebAssembly text. */
export const get = (name: string): string => `(local.get $${name})`;
export const put = (name: string, value: string): string => `(local.set $${name} ${value})`;
export const word = (value: number): string => `(i32.const ${value})`;
export const plus = (left: string, right: string): string => `(i32.add ${left} ${right})`;
export const minus = (left: string, right: string): string => `(i32.sub ${left} ${right})`;
export const move = (name: string, by: string): string => put(name, plus(get(name), by));

/** 16 bytes at once, one time more than `$length` needs them at most. */
export const copyWide = (from: string): string => `
  (v128.store align=1 ${get('d')} (v128.load align=1 ${from}))
  (if (i32.gt_u ${get('length')} ${word(16)})
    (then
      (v128.store offset=16 align=1 ${get('d')} (v128.load offset=16 align=1 ${from}))
      (if (i32.gt_u ${get('length')} ${word(32)})
        (then
          (v128.store offset=32 align=1 ${get('d')} (v128.load offset=32 align=1 ${from}))
          (v128.store offset=48 align=1 ${get('d')} (v128.load offset=48 align=1 ${from}))))))`;
