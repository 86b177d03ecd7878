// libcloudauth by foreign function interface alone: all functions and types are those of cloudauth.json.
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import koffi from 'koffi';

const { CLOUDAUTH_LIBRARY = 'libcloudauth.so.1', CLOUDAUTH_JSON = '/usr/local/include/cloudauth.json' } = process.env;
export const api = JSON.parse(readFileSync(CLOUDAUTH_JSON, 'utf8'));

for (const { name } of api.enums) koffi.alias(name, 'uint32_t');
for (const { name } of api.handles) koffi.opaque(name);
for (const { name, members } of api.structs) koffi.struct(name, Object.fromEntries(members.map((one) => [one.name, one.type])));
const callbacks = new Set(api.callbacks.map((one) => one.name));
for (const one of api.callbacks) koffi.proto(prototype(one));

/** The library's functions, by their names without "cloudauth_". */
export const c = {};
const library = koffi.load(CLOUDAUTH_LIBRARY);
for (const one of api.functions) c[one.name.replace('cloudauth_', '')] = library.func(prototype(one));

function prototype({ name, returns, parameters }) {
  const listed = parameters.map((one) => `${one.out ? '_Out_ ' : ''}${one.type}${callbacks.has(one.type) ? ' *' : ''} ${one.name}`);
  return `${returns.type} ${name}(${listed.join(', ') || 'void'})`;
}

/** Calls a function that returns an error or nothing, and throws the error. */
export function run(call, ...given) {
  const error = call(...given);
  if (error) throw failure(error);
}

/** The same, of a function that writes one value last. */
export function make(call, ...given) {
  const out = [null];
  run(call, ...given, out);
  return out[0];
}

function failure(error) {
  const failed = Object.assign(new Error(c.error_message(error)), {
    kind: c.kind_name(c.error_kind(error)),
    advice: c.error_advice(error),
  });
  c.error_free(error);
  return failed;
}

/** The outcomes of a queue, until it is freed. A thread of Node's pool waits for them, and the event loop goes on. */
export async function* outcomes(queue) {
  const next = promisify(c.queue_next.async);
  for (;;) {
    const [id, error, result, reply] = [[0], [null], [null], [null]];
    if (!(await next(queue, 2n ** 64n - 1n, id, error, result, reply))) return;
    yield { id: id[0], error: error[0] && failure(error[0]), result: result[0], reply: reply[0] };
  }
}

/** The texts of a list. */
export function texts(list) {
  const { items, count } = koffi.decode(list, 'cloudauth_text_list');
  return koffi.decode(items, koffi.array('cloudauth_text', Number(count))).map((text) => text.data);
}
