# Sourced by the programs in deploy/ and .ci/: checks what they need and builds the tree. Bash, set -euo pipefail.
# shellcheck shell=bash

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=$root/deploy/target

# fail CODE MESSAGE HINTS...
fail() {
    local code=$1
    printf '%s\n' "$2" >&2
    shift 2
    [ $# -eq 0 ] || printf 'hint: %s\n' "$@" >&2
    exit "$code"
}

# The folder of the newest PostgreSQL server's programs; Debian keeps them out of PATH.
postgresql_bin() {
    local initdb
    initdb=$(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)
    [ -x "$initdb" ] || initdb=$(command -v initdb) || return 1
    dirname "$initdb"
}

jdk_major() {
    local version
    version=$("$1" -version 2>&1) || return 1
    version=${version#javac }
    version=${version#1.}
    printf '%s' "${version%%[!0-9]*}"
}

has_jdk() {
    local javac=javac major
    [ -z "${JAVA_HOME:-}" ] || javac=$JAVA_HOME/bin/javac
    command -v "$javac" >/dev/null || return 1
    major=$(jdk_major "$javac") && [ "${major:-0}" -ge 17 ]
}

has_postgresql() {
    local bin program
    bin=$(postgresql_bin) || return 1
    for program in initdb pg_ctl postgres; do
        [ -x "$bin/$program" ] || return 1
    done
    for program in psql pg_dump; do
        [ -x "$bin/$program" ] || command -v "$program" >/dev/null || return 1
    done
}

# Debian's names of the packages that are missing, one a line; also_needed names programs whose packages are called like them.
missing() {
    local program
    if ! has_jdk; then
        if apt-cache show openjdk-17-jdk-headless >/dev/null 2>&1; then
            echo openjdk-17-jdk-headless
        else
            echo default-jdk-headless
        fi
    fi
    command -v mvn >/dev/null || echo maven
    has_postgresql || printf '%s\n' postgresql postgresql-client
    command -v zstd >/dev/null || echo zstd
    command -v tar >/dev/null || echo tar
    for program in ${also_needed:-}; do
        command -v "$program" >/dev/null || echo "$program"
    done
}

install_packages() {
    echo "installing $*" >&2
    # The tests start servers of their own; the package's would only hold the port.
    if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
        mkdir -p /etc/postgresql-common
        echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
    fi
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends \
        -o Dpkg::Options::=--force-confold "$@" >/dev/null
}

# Makes sure of JDK, Maven, PostgreSQL, zstd and tar, by apt-get where that may be done; sets PATH to find them.
need_tools() {
    local packages
    packages=$(missing)
    if [ -n "$packages" ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
        apt-get -qq update >&2
        packages=$(missing)
        # shellcheck disable=SC2086 # a list of words
        install_packages $packages >&2
        packages=$(missing)
    fi
    if [ -n "$packages" ]; then
        fail 2 "these programs are missing: a JDK 17 or later, Maven 3.8 or later, PostgreSQL 14 or later, zstd, tar${also_needed:+, $also_needed} are needed" \
            "on Debian or Ubuntu: apt-get install --no-install-recommends ${packages//$'\n'/ }" \
            "a JDK elsewhere is found through JAVA_HOME, PostgreSQL through PATH"
    fi
    PATH=$(postgresql_bin):$PATH
    export PATH
}

maven() {
    (cd "$root" && exec mvn -B --no-transfer-progress "$@")
}

# True where no build is there or a source is newer than it.
is_stale() {
    [ -e "$target/built" ] && [ -e "$target/demo.classpath" ] && [ -x "$target/tidemark/bin/tidemark-sender" ] || return 0
    [ -n "$(cd "$root" && find pom.xml .mvn ./*/pom.xml ./*/src -newer "$target/built" -print -quit)" ]
}

# Leaves the tree in deploy/target/tidemark; silent but for one line.
build_if_stale() {
    local began
    is_stale || return 0
    echo "building…" >&2
    began=$(mktemp)
    if ! maven -q -DskipTests package >"$began.log" 2>&1; then
        cat "$began.log" >&2
        rm -f "$began" "$began.log"
        fail 1 "the build failed"
    fi
    # As old as the build's start: what changed meanwhile is newer.
    mv "$began" "$target/built"
    rm -f "$began.log"
}

# run_class CLASS ARGUMENTS...: a main class of the deploy module, in place of this shell.
run_class() {
    local java=java
    [ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java
    # The demo makes files with names in any script.
    case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
        *[Uu][Tt][Ff]-8 | *[Uu][Tt][Ff]8) ;;
        *) export LC_ALL=C.UTF-8 ;;
    esac
    # shellcheck disable=SC2086 # a list of words
    exec "$java" -Xmx512m -Dfile.encoding=UTF-8 -Dsun.jnu.encoding=UTF-8 -Dtidemark.home="$target/tidemark" \
        ${TIDEMARK_JAVA_OPTS:-} -cp "$target/classes:$(cat "$target/demo.classpath")" "$@"
}
