# Sourced by the programs in bin/, with TIDEMARK_HOME set. POSIX sh.
# shellcheck shell=sh disable=SC2086,SC1083 # options are lists of words; the build fills the version in
#
#   JAVA_HOME           the Java to use; else the one in PATH. 17 or later.
#   TIDEMARK_JAVA_OPTS  options that come after the ones below and so overrule them, for example -Xmx1g

# Prints the major version of the Java program $1, without starting it where its release file tells.
java_major() {
    release=$(dirname "$(dirname "$(readlink -f "$1")")")/release
    version=$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$release" 2>/dev/null) || version=
    [ -n "$version" ] || version=$("$1" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')
    version=${version#1.}
    echo "${version%%[!0-9]*}"
}

find_java() {
    if [ -n "${JAVA_HOME:-}" ]; then
        java=$JAVA_HOME/bin/java
        whence="JAVA_HOME is $JAVA_HOME"
    else
        java=$(command -v java) || java=
        whence="java in PATH is ${java:-missing}"
    fi
    if [ -z "$java" ] || [ ! -x "$java" ]; then
        echo "no Java found: $whence" >&2
        echo "hint: install a Java runtime, 17 or later, or set JAVA_HOME to one" >&2
        exit 2
    fi
    major=$(java_major "$java")
    if [ "${major:-0}" -lt 17 ]; then
        echo "Java ${major:-of unknown version} is too old, 17 or later is needed: $whence" >&2
        echo "hint: set JAVA_HOME to a newer one" >&2
        exit 2
    fi
}

# Sets java, jar, options and quiet for the node $1. The jar's manifest names the other jars, in one fixed order.
prepare() {
    find_java
    jar=$TIDEMARK_HOME/lib/tidemark-$1-@{project.version}.jar
    # Media may be named in any script; Java takes the encoding of file names from the locale.
    case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
        *[Uu][Tt][Ff]-8 | *[Uu][Tt][Ff]8) ;;
        *) LC_ALL=C.UTF-8 && export LC_ALL ;;
    esac
    # Each thread that asks for memory outside of the heap would get an arena of its own that keeps what was once asked for.
    MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2} && export MALLOC_ARENA_MAX
    # What is resident beside a heap that is full (Java's classes and code, buffers) is up to 175 MB.
    options="-Xmx208m -Xss512k -XX:MaxMetaspaceSize=128m -XX:ReservedCodeCacheSize=64m -XX:MaxDirectMemorySize=32m"
    options="$options -XX:+ExitOnOutOfMemoryError -Dfile.encoding=UTF-8 -Dsun.jnu.encoding=UTF-8"
    case ${TIDEMARK_JAVA_OPTS:-} in
        *-XX:+Use*GC*) ;; # a second collector would be an error
        *) options="$options -XX:+UseParallelGC -XX:ParallelGCThreads=2" ;;
    esac
    quiet="-Xlog:disable -Xlog:all=error:stderr"
}

# launch NODE CLASS ARGUMENTS...
launch() {
    prepare "$1"
    archive=$TIDEMARK_HOME/lib/$1.jsa
    class=$2
    shift 2
    # Java's second compiler is asked thirty times later than by default: what runs for each row gets there within a second, and the rest
    # takes neither a fifth of a complete's time nor that of a primary whose changes come each second. Ciphers and hashes go to it as early
    # as ever: they are called once for many bytes, and only it knows the processor's instructions for them, without which they take four
    # times as long.
    options="$options -XX:Tier4InvocationThreshold=150000 -XX:Tier4MinInvocationThreshold=18000 \
        -XX:Tier4CompileThreshold=450000 -XX:Tier4BackEdgeThreshold=1200000 -XX:CompileCommand=quiet \
        -XX:CompileCommand=CompileThresholdScaling,com.sun.crypto.provider.*::*,0.03 \
        -XX:CompileCommand=CompileThresholdScaling,sun.security.provider.*::*,0.03"
    set -- ${TIDEMARK_JAVA_OPTS:-} -cp "$jar" "$class" "$@"
    # An archive of another place or another Java is passed over without a word.
    [ ! -f "$archive" ] || set -- -XX:SharedArchiveFile="$archive" -Xshare:auto $quiet "$@"
    exec "$java" $options -Dtidemark.home="$TIDEMARK_HOME" "$@"
}

# warm_up NODE
warm_up() {
    prepare "$1"
    archive=$TIDEMARK_HOME/lib/$1.jsa
    rm -f "$archive" "$archive.part"
    words=$(timeout 60 "$java" -Xshare:dump -XX:+UseG1GC -XX:TieredStopAtLevel=1 $quiet -cp "$jar" \
        -XX:SharedClassListFile="$TIDEMARK_HOME/lib/classes.list" -XX:SharedArchiveFile="$archive.part" </dev/null 2>&1) || :
    if [ ! -s "$archive.part" ]; then
        echo "no archive was made: $archive" >&2
        [ -z "$words" ] || echo "$words" >&2
        exit 1
    fi
    mv "$archive.part" "$archive"
}
