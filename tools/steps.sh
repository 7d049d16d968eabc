# Runs named steps one after the other, each within a time limit, and sums up at the end.
# Sourced by check.sh and test.sh.

failed=()
passed=()

step() { # NAME SECONDS COMMAND…
    local name=$1 limit=$2 start=$SECONDS status=0
    shift 2
    echo
    echo "── $name"
    timeout --kill-after=20 "$limit" "$@" </dev/null || status=$?
    local took="$((SECONDS - start)) s"
    if [ "$status" -eq 0 ]; then
        passed+=("$name ($took)")
    elif [ "$status" -eq 124 ]; then
        failed+=("$name (stopped after $limit s)")
    else
        failed+=("$name ($took)")
    fi
}

sum_up() { # WHAT
    echo
    local line
    for line in "${passed[@]}"; do echo "  passed  $line"; done
    for line in "${failed[@]}"; do echo "  FAILED  $line"; done
    if [ ${#failed[@]} -gt 0 ]; then
        echo "$1: ${#failed[@]} of $((${#failed[@]} + ${#passed[@]})) steps failed (${SECONDS} s)"
        return 1
    fi
    echo "$1: all ${#passed[@]} steps passed (${SECONDS} s)"
}
