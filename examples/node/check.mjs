// One call through a queue: `node check.mjs TRANSACTION`. Where to call and with which keys is read from the environment.
import { api, c, make, outcomes, run, texts } from './cloudauth.mjs';

async function main(transaction) {
  if (!transaction) {
    console.error('usage: node check.mjs TRANSACTION');
    return 2;
  }
  const config = c.config_new();
  const client = make(c.client_new, config);
  const queue = make(c.queue_new);
  const request = c.request_new('example', transaction);
  run(c.queue_check_result, queue, client, request, 1, null);
  c.config_free(config);
  c.request_free(request);
  let code = 1;
  for await (const { error, result } of outcomes(queue)) {
    if (error) {
      console.error(`${error.kind}: ${error.message}\n${error.advice}`);
    } else {
      const decision = make(c.result_decision, result, [90]);
      const passed = c.result_passed(result);
      const actions = api.enums.find((one) => one.name === 'cloudauth_action').values;
      const action = actions.find((one) => one.value === c.decision_action(decision)).name;
      console.log(`passed: ${passed}`);
      console.log(`decision: ${action.replace('CLOUDAUTH_ACTION_', '').toLowerCase()} (${texts(c.decision_reasons_view(decision)).join(' ')})`);
      c.decision_free(decision);
      c.result_free(result);
      code = passed ? 0 : 1;
    }
    break;
  }
  c.queue_free(queue);
  c.client_free(client);
  return code;
}

process.exitCode = await main(process.argv[2]);
