import { Endianness } from 'apache-arrow/fb/endianness';
import { Field } from 'apache-arrow/fb/field';
import { Message } from 'apache-arrow/fb/message';
import { MessageHeader } from 'apache-arrow/fb/message-header';
import { MetadataVersion } from 'apache-arrow/fb/metadata-version';
import { Schema } from 'apache-arrow/fb/schema';
import type { Type } from 'apache-arrow/fb/type';
import { Builder } from 'flatbuffers';

const END = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0);

/** A stream without batches whose schema is made by `makeFields`, which gives the places of the fields in the builder. */
export function streamOfSchema(
  makeFields: (builder: Builder) => readonly number[],
  endianness: Endianness = Endianness.Little,
): Uint8Array {
  const builder = new Builder();
  const fields = Schema.createFieldsVector(builder, [...makeFields(builder)]);
  Schema.startSchema(builder);
  Schema.addEndianness(builder, endianness);
  Schema.addFields(builder, fields);
  const schema = Schema.endSchema(builder);
  Message.startMessage(builder);
  Message.addVersion(builder, MetadataVersion.V5);
  Message.addHeaderType(builder, MessageHeader.Schema);
  Message.addHeader(builder, schema);
  builder.finish(Message.endMessage(builder));
  const message = builder.asUint8Array();
  const head = Buffer.alloc(8 + Math.ceil(message.length / 8) * 8);
  head.writeUInt32LE(0xffffffff, 0);
  head.writeInt32LE(head.length - 8, 4);
  head.set(message, 8);
  return new Uint8Array(Buffer.concat([head, END]));
}

/** A field of one type; `type` is the place of its table, which `makeType` made. */
export function flatField(
  builder: Builder,
  name: string,
  kind: Type,
  type: number,
  children: readonly number[] = [],
): number {
  const nameAt = builder.createString(name);
  const childrenAt = Field.createChildrenVector(builder, [...children]);
  Field.startField(builder);
  Field.addName(builder, nameAt);
  Field.addNullable(builder, true);
  Field.addTypeType(builder, kind);
  Field.addType(builder, type);
  Field.addChildren(builder, childrenAt);
  return Field.endField(builder);
}
