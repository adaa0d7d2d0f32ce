#!/usr/bin/env bash
# The step of the GitHub Action. Inputs come as variables, never as text inside a command, so that no input becomes
# a command. The exit code is that of `esgreport check`.
set -euo pipefail

binary=${ESGREPORT_BINARY:-}
if [[ -z $binary ]]; then
  binary=${RUNNER_TEMP:?}/esgreport/release/esgreport
  [[ -e $binary ]] || binary+=.exe
fi

arguments=(check --format github --ui "${ESGREPORT_UI:-en}" --fail-on "${ESGREPORT_FAIL_ON:-error}")
case ${ESGREPORT_STRICT:-false} in
  true) arguments+=(--strict) ;;
  false) ;;
  *)
    echo "::error title=esgreport::strict is true or false"
    exit 2
    ;;
esac
[[ -z ${ESGREPORT_BASELINE:-} ]] || arguments+=(--baseline "$ESGREPORT_BASELINE")
[[ -z ${ESGREPORT_AS_OF:-} ]] || arguments+=(--as-of "$ESGREPORT_AS_OF")
sarif=${ESGREPORT_SARIF:-esgreport.sarif}
arguments+=(--write "sarif=$sarif")
[[ -z ${ESGREPORT_JUNIT:-} ]] || arguments+=(--write "junit=$ESGREPORT_JUNIT")

# One project in each line; blanks around a name and empty lines do not count.
arguments+=(--)
while IFS= read -r line || [[ -n $line ]]; do
  line="${line#"${line%%[![:space:]]*}"}"
  line="${line%"${line##*[![:space:]]}"}"
  [[ -z $line ]] || arguments+=("$line")
done <<<"${ESGREPORT_PROJECTS:-.}"

# A file of an earlier run would speak for this one if this one could not write its own.
rm -f -- "$sarif"
code=0
messages=$(mktemp)
"$binary" "${arguments[@]}" 2>"$messages" || code=$?
cat -- "$messages" >&2
if [[ -n ${GITHUB_OUTPUT:-} ]]; then
  {
    echo "exit-code=$code"
    echo "sarif=$sarif"
  } >>"$GITHUB_OUTPUT"
fi
if [[ -n ${GITHUB_STEP_SUMMARY:-} ]]; then
  {
    echo "### esgreport check"
    echo
    sed 's/^/    /' -- "$messages"
  } >>"$GITHUB_STEP_SUMMARY"
fi
rm -f -- "$messages"
exit "$code"
