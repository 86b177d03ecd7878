// cloudauth.json is enough to call the library: a version, a body that is decoded, and what is in it.
import assert from 'node:assert/strict';
import koffi from 'koffi';
import { api, c, make, run } from './cloudauth.mjs';

assert.equal(c.version(), api.version);
assert.equal(api.pointer_bits, koffi.sizeof('void *') * 8);
for (const { name, size, members } of api.structs) {
  assert.equal(koffi.sizeof(name), size, name);
  for (const member of members) assert.equal(koffi.offsetof(name, member.name), member.offset, `${name}.${member.name}`);
}

const body = Buffer.from(JSON.stringify({
  Code: 'Success',
  Result: { Passed: 'Y', SubCode: '200', ExtFaceInfo: '{"faceComparisonScore": 98.5}', EkycResult: 'Y' },
}));
const result = make(c.result_decode, body, body.length);
const face = koffi.decode(c.result_face(result), 'cloudauth_face');
assert.equal(koffi.decode(face.comparison_score, 'double'), 98.5);
assert.equal(face.image, null);
assert.equal(koffi.decode(c.result_extra_view(result), 'cloudauth_text').data, '{"EkycResult":"Y"}');
assert.equal(c.result_passed(result), true);
c.result_free(result);
assert.throws(() => run(c.result_decode, Buffer.from('x'), 1, [null]), { kind: 'protocol' });

// What the caller owns has a function that frees it.
const frees = Object.fromEntries(api.handles.map((handle) => [handle.name, handle.free]));
const owned = api.functions.flatMap(({ returns, parameters }) => [returns, ...parameters].filter((one) => one.owned));
for (const { type } of owned) assert.ok(c[frees[type.replace(/[ *]/g, '')].replace('cloudauth_', '')], type);
assert.ok(owned.length > 20);
assert.equal(Number(c.live_handles()), 0);
