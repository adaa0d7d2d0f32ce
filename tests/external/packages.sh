# What the scripts here install on Debian. They name what they need, and what is there already is left alone.
packages=()
need() { command -v "$1" >/dev/null || packages+=("$2"); }
install_packages() {
  if ((${#packages[@]})); then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
  fi
  python3 -c 'import venv' 2>/dev/null || apt-get install -y -qq python3-venv >/dev/null
}
