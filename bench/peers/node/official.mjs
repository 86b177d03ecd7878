// The official runtime core for Node, called with the parameters that a generated client passes for CheckResult of 2022-08-09.
// What such a client leaves as text is decoded as a program would.
import { readFileSync } from 'node:fs';
import core from '@alicloud/openapi-core';
import dara from '@darabonba/typescript';

export function open(endpoint, kib, caFile) {
  const { protocol, host } = new URL(endpoint);
  const { default: Client, OpenApiUtil, $OpenApiUtil } = core;
  const client = new Client(new $OpenApiUtil.Config({
    accessKeyId: 'bench-key-id',
    accessKeySecret: 'bench-key-secret',
    endpoint: host,
    protocol: protocol.slice(0, -1),
    ca: caFile && readFileSync(caFile, 'utf8'),
  }));
  const params = new $OpenApiUtil.Params({
    action: 'CheckResult',
    version: '2022-08-09',
    protocol: 'HTTPS',
    pathname: '/',
    method: 'POST',
    authType: 'AK',
    style: 'RPC',
    reqBodyType: 'formData',
    bodyType: 'json',
  });
  return async () => {
    const query = { IsReturnImage: kib === '0' ? 'N' : 'Y', MerchantBizId: 'bench', TransactionId: kib };
    const request = new $OpenApiUtil.OpenApiRequest({ query: OpenApiUtil.query(query) });
    const { body } = await client.callApi(params, request, new dara.RuntimeOptions({}));
    return decoded(body);
  };
}

function decoded({ Code, Result }) {
  if (Code !== 'Success') throw new Error(`the service answered ${Code}`);
  const face = JSON.parse(Result.ExtFaceInfo);
  const page = JSON.parse(Result.ExtIdInfo).ocrIdInfoData['01'];
  const pictures = [face.faceImg, page.idImage].filter(Boolean).map((text) => Buffer.from(text, 'base64'));
  JSON.parse(page.spoofInfo);
  return {
    passed: Result.Passed === 'Y',
    score: face.faceComparisonScore,
    surname: JSON.parse(page.ocrIdInfo).surname,
    pictures,
  };
}
