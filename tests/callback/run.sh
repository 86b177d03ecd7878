#!/bin/sh
# A merchant's server of the examples, by HTTP alone, against the emulator: run.sh PROGRAM...
# PROGRAM... is run with PORT URL DIR after it. All these servers must do the same. CLOUDAUTH_BIN may name another command.
set -eu

[ $# -ge 1 ] || { echo "usage: run.sh PROGRAM..." >&2; exit 2; }
root=$(cd "$(dirname "$0")/../.." && pwd)
cloudauth=${CLOUDAUTH_BIN:-${CARGO_TARGET_DIR:-$root/target}/debug/cloudauth}
unset CLOUDAUTH_REGION
command -v curl >/dev/null || { echo "callback: curl is missing (apt-get install curl)" >&2; exit 1; }

work=$(mktemp -d)
folder=$work/flows
emulator= server=
trap '[ -z "$server" ] || kill -9 "$server" 2>/dev/null || :; [ -z "$emulator" ] || kill "$emulator"; rm -rf "$work"' EXIT
fail() { echo "callback: FAILED: $*" >&2; cat "$work/log" >&2; exit 1; }

# await WHAT COMMAND...: waits until the command succeeds.
await() {
    what=$1 turns=0
    shift
    while ! "$@" 2>/dev/null; do
        turns=$((turns + 1))
        [ $turns -lt 600 ] || fail "no $what after a minute"
        sleep 0.1
    done
}

"$cloudauth" emulator >"$work/ready" 2>"$work/log" &
emulator=$!
await emulator [ -s "$work/ready" ]
export CLOUDAUTH_ENDPOINT=$(sed 's/.*"endpoint":"\([^"]*\)".*/\1/' "$work/ready")
export ALIBABA_CLOUD_ACCESS_KEY_ID=emulator-key-id ALIBABA_CLOUD_ACCESS_KEY_SECRET=emulator-key-secret
control=$CLOUDAUTH_ENDPOINT/control

# A port below those that the system gives out, where nobody answers.
port=$((20000 + $$ % 10000)) refused=0
while curl -s "http://127.0.0.1:$port/" >/dev/null || refused=$?; [ $refused -ne 7 ]; do port=$((port + 1)) refused=0; done
url=http://127.0.0.1:$port

status() { curl -s -o "$work/body" -w '%{http_code}' "$@"; }
answers() {
    kill -0 "$server" 2>/dev/null || fail "the server has ended"
    [ "$(status "$url/")" != 000 ]
}
serve() {
    "$@" "$port" "$url" "$folder" >>"$work/log" 2>&1 &
    server=$!
    await server answers
}
# end: as a container's stop.
end() {
    kill "$server"
    code=0
    wait "$server" || code=$?
    server=
    case $code in 0 | 143) ;; *) fail "SIGTERM ends it with $code" ;; esac
}
# begin: sets $id and $token.
begin() {
    said=$(curl -s -o "$work/body" -w '%{http_code} %{redirect_url}' "$url/start?metaInfo=%7B%7D")
    id=${said##*/}
    [ "$said" = "303 $CLOUDAUTH_ENDPOINT/verify/$id" ] || fail "a start is answered with $said"
    token=$(sed 's/.*"callback_token":"\([^"]*\)".*/\1/' "$folder/$id.started.json")
}
# called TOKEN [CURL'S ARGUMENTS...]: the status of a callback's answer.
called() {
    query="transactionId=$id&passed=Y&subcode=200&callbackToken=$1"
    shift
    status "$@" "$url/verified?$query"
}
asked() { curl -s "$control/attempts?transaction_id=$id" | grep -o "\"action\":\"$1\"" | wc -l; }
answered() { [ "$(curl -s "$control/transactions" | grep -o '"callback":"answered: 200"' | wc -l)" = "$1" ]; }
listed() { "$cloudauth" emulator list --format table | grep "^$id " | tr -s ' ' | cut -d' ' -f3; }
ended() { [ "$(cat "$folder/$id.ended")" = "$1" ]; }
passed() { grep -q "\"passed\":$1,.*\"base64\":" "$folder/$id.result.json" || fail "$id is not filed with its pictures as passed: $1"; }

serve "$@"
[ "$(status "$url/start")" = 400 ] || fail "a start without the browser's metaInfo is answered with $(status "$url/start")"

# A person passes. Before that, nobody's word counts.
begin
[ "$(called forged)" = 403 ] && [ "$(called '')" = 403 ] || fail "a forged callback is not refused"
[ "$(id=unknown called "$token")" = 403 ] && [ "$(id=../flows/$id called "$token")" = 403 ] || fail "a callback of no transaction is not refused"
[ "$(status "$url/verified")" = 400 ] || fail "what is no callback is not refused"
[ "$(ls "$folder")" = "$id.started.json" ] && [ "$(asked CheckResult)" = 0 ] || fail "a forged callback has an effect"
"$cloudauth" emulator finish "$id" >/dev/null
await end ended finished
passed true
[ "$(stat -c %a "$folder/$id".*)" = "$(printf '600\n600\n600')" ] || fail "others can read $(ls -l "$folder")"
[ "$(listed)" = deleted ] || fail "the service still has it: $(listed)"
await answer answered 1
for _ in 1 2 3; do
    [ "$(called "$token")" = 200 ] && [ "$(called "$token" --data '')" = 200 ] || fail "a repeated callback is not answered"
done
first=$id

# Another does not, and is called back about three times before the result is fetched.
begin
curl -s -d '{"faults":["latency:delay=2s,action=CheckResult"]}' "$control/faults" >/dev/null
"$cloudauth" emulator finish "$id" 205 >/dev/null
await answer answered 2
[ "$(called "$token")" = 200 ] && [ "$(called "$token")" = 200 ] || fail "a callback is not answered"
[ ! -e "$folder/$id.result.json" ] || fail "a callback is answered only once the result is there"
# What has come is done before the server ends.
end
ended finished || fail "SIGTERM breaks the work off"
passed false
curl -s -X DELETE "$control/faults" >/dev/null
for id in "$first" "$id"; do
    [ "$(asked CheckResult) $(asked DeleteVerifyResult)" = "1 1" ] || fail "fetched and deleted $(asked CheckResult) and $(asked DeleteVerifyResult) times"
done

# A crash takes a callback with it, and a person walks away.
serve "$@"
begin
left=$id
"$cloudauth" emulator abandon "$id" >/dev/null
begin
kill -9 "$server"
wait "$server" 2>/dev/null || :
server=
"$cloudauth" emulator finish "$id" >/dev/null
# The log proves nothing before 30 minutes are over.
sed -i "s/\"initialized_at\":\"[^\"]*\"/\"initialized_at\":\"$(date -u -d '45 minutes ago' +%FT%TZ)\"/" "$folder/$left.started.json"
serve "$@"
await end ended finished
passed true
[ "$(listed)" = deleted ] || fail "the service still has it: $(listed)"
id=$left
await end ended abandoned
end
! ls "$folder" | grep -q '\.new$' || fail "pieces are left: $(ls "$folder")"
! grep -q "$token" "$work/log" || fail "the log has a token"
echo "callback: passed"
