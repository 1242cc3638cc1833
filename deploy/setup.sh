#!/usr/bin/env bash
# Sets up what a step needs, and nothing twice: `setup.sh app`, `web`, `rasa`, `dev`, `servers`,
# `browser`.
# Each part leaves a stamp with the fingerprint of its requirements.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

UV_VERSION=0.13.9
say() { printf '→ %s\n' "$*" >&2; }
fail() { printf '✗ %s\n' "$*" >&2; exit 1; }

find_uv() {
  if command -v uv >/dev/null 2>&1 && uv --version >/dev/null 2>&1; then
    UV=uv
  elif [ -x .tools/bin/uv ]; then
    UV=.tools/bin/uv
  else
    command -v python3 >/dev/null 2>&1 || fail "需要 Python 3:apt-get install python3 python3-venv"
    say "安装 uv installing uv"
    if ! python3 -m venv .tools >/dev/null 2>&1; then
      rm -rf .tools
      install_packages python3-venv
      python3 -m venv .tools
    fi
    .tools/bin/python -m pip install --quiet "uv==$UV_VERSION"
    UV=.tools/bin/uv
  fi
}

install_packages() {
  command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ] ||
    fail "缺少系统软件包,请用管理员安装:apt-get install $*"
  say "安装系统软件包 installing Debian packages: $*"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >/dev/null
  apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# stamped FOLDER NAME FILES…: true when FOLDER was made from just these files already
stamped() {
  local folder=$1 name=$2
  shift 2
  fingerprint=$(cat "$@" | sha256sum | cut -c1-16)
  stamp="$folder/.$name-$fingerprint"
  [ -e "$stamp" ]
}

environment() { # FOLDER PYTHON
  [ -x "$1/bin/python" ] && return
  say "建立 Python $2 环境 creating $1"
  "$UV" venv --quiet --python "$2" "$1" ||
    fail "找不到也取不到 Python $2;请安装它(例如 pyenv install $2)后重试"
}

setup_app() {
  stamped .venv app pyproject.toml requirements/app.txt && return
  find_uv
  environment .venv 3.11
  say "安装应用的依赖 installing the application's requirements"
  "$UV" pip install --python .venv/bin/python -r requirements/app.txt
  "$UV" pip install --quiet --python .venv/bin/python --no-deps -e .
  touch "$stamp"
}

HTMX_VERSION=2.0.8
HTMX_SHA256=22283ef68cb7545914f0a88a1bdedc7256a703d1d580c1d255217d0a50d31313
WEB=console/static/vendor

# The console's htmx, from the npm registry, served by ourselves; the pages work without it, too.
setup_web() {
  [ "$(sha256sum 2>/dev/null <"$WEB/htmx.min.js" | cut -d' ' -f1)" = "$HTMX_SHA256" ] && return
  command -v npm >/dev/null 2>&1 || install_packages npm
  say "取控制台网页用的 htmx $HTMX_VERSION fetching htmx"
  local folder
  folder=$(mktemp -d)
  (cd "$folder" && npm pack --silent "htmx.org@$HTMX_VERSION" >/dev/null && tar -xzf ./*.tgz) ||
    fail "从 npm 取不到 htmx.org@$HTMX_VERSION;请检查网络或 npm 的镜像设置后重试"
  [ "$(sha256sum <"$folder/package/dist/htmx.min.js" | cut -d' ' -f1)" = "$HTMX_SHA256" ] ||
    fail "取到的 htmx $HTMX_VERSION 和应有的校验和不一样,没有装;请检查 npm 的镜像"
  mkdir -p "$WEB"
  mv "$folder/package/dist/htmx.min.js" "$WEB/htmx.min.js"
  rm -rf "$folder"
}

setup_rasa() {
  stamped .venv-rasa rasa requirements/rasa.txt && return
  find_uv
  environment .venv-rasa 3.10
  say "安装 Rasa 3.6.21 的依赖(约 2.5 GB) installing Rasa's requirements (about 2.5 GB)"
  "$UV" pip install --python .venv-rasa/bin/python -r requirements/rasa.txt
  touch "$stamp"
}

setup_dev() {
  setup_app
  stamped .venv dev requirements/dev.txt && return
  find_uv
  say "安装测试工具 installing the test tools"
  "$UV" pip install --python .venv/bin/python -r requirements/dev.txt
  touch "$stamp"
}

has_postgres() { command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }

setup_servers() {
  local missing=()
  has_postgres || missing+=(postgresql)
  command -v redis-server >/dev/null 2>&1 || missing+=(redis-server)
  if [ "${#missing[@]}" -gt 0 ]; then install_packages "${missing[@]}"; fi
}

setup_browser() {
  local missing=()
  command -v chromium >/dev/null 2>&1 || missing+=(chromium)
  ls /usr/share/fonts/opentype/noto/NotoSansCJK* >/dev/null 2>&1 || missing+=(fonts-noto-cjk)
  if [ "${#missing[@]}" -gt 0 ]; then install_packages "${missing[@]}"; fi
}

for part in "$@"; do "setup_$part"; done
