import type { JsonValue } from '@riffle/core';

/**
 * A Hugging Face feature as `datasets` writes it into the schema metadata `huggingface`: an object with `_type`, an object of features
 * by name (a struct), or a list of one feature (a list, as older versions write it).
 */
export type Feature = { readonly [key: string]: JsonValue } | readonly JsonValue[];
