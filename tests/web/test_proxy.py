"""A team's settings pass Django's own check, and the page's configuration of nginx gives TLS, on the loopback address."""

import contextlib
import http.client
import os
import re
import socket
import ssl
import subprocess
import sys
import time
import urllib.parse
from base64 import b64encode

import pytest

from conftest import ROOT
from machine import program
from postgres import free_port
from walk import served

pytestmark = pytest.mark.exhaustive
NAME = "engagement.trust.example"
PASSWORD = "three blue herons"
PAGE = (ROOT / "docs/team-server.md").read_text("utf-8")
AROUND = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; {user}
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    {site}
}}
"""


def team_of(folder, **more):
    """The environment of a team with one user, called admin."""
    environment = {**os.environ, "ENGAGECHECK_HOSTS": NAME, "ENGAGECHECK_PROXY": "127.0.0.1", **more}
    words = [sys.executable, "-m", "engagecheck", "workplace", "user", "admin", "--administrator", "--folder", str(folder)]
    subprocess.run(words, input=f"{PASSWORD}\n", text=True, check=True, capture_output=True, env=environment)
    return environment


def blocks(kind):
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)


class Proxy:
    """nginx as the page sets it up, with other ports and paths, and a certificate that it signed itself."""

    def __init__(self, folder, upstream, site):
        self.port, self.plain = free_port(), free_port()
        self.certificate = folder / "engagement.pem"
        (words,) = blocks("sh")
        made = words.replace("/etc/ssl/private", str(folder)).replace("/etc/ssl/certs", str(folder))
        subprocess.run([program("openssl"), *made.split()[1:]], check=True, capture_output=True)
        for there, here in (
            ("listen 443", f"listen 127.0.0.1:{self.port}"), ("listen 80", f"listen 127.0.0.1:{self.plain}"),
            ("/etc/ssl/certs", str(folder)), ("/etc/ssl/private", str(folder)), ("/etc/nginx/engagecheck.users", f"{folder}/users"),
            ("http://127.0.0.1:8010", upstream),
        ):  # fmt: skip
            site = site.replace(there, here)
        self.configuration = folder / "nginx.conf"
        user = "user root;" if os.geteuid() == 0 else ""
        self.configuration.write_text(AROUND.format(folder=folder, user=user, site=site))

    def asked(self, path, method="GET", body=None, **headers):
        """An answer by TLS, whose certificate is checked."""
        context = ssl.create_default_context(cafile=self.certificate)
        raw = context.wrap_socket(socket.create_connection(("127.0.0.1", self.port), 30), server_hostname=NAME)
        connection = http.client.HTTPConnection("unused")
        connection.sock = raw
        with contextlib.closing(connection):
            return answer_of(connection, method, path, body, {"Host": NAME, **headers})


def answer_of(connection, method, path, body=None, headers=()):
    connection.request(method, path, body, dict(headers))
    answer = connection.getresponse()
    return answer.status, answer.msg, answer.read().decode()


@contextlib.contextmanager
def running(proxy):
    nginx = program("nginx", "/usr/sbin/nginx")
    process = subprocess.Popen([nginx, "-c", proxy.configuration], stderr=subprocess.PIPE)
    try:
        for _ in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", proxy.plain), 1):
                break
            assert process.poll() is None, process.stderr.read()
            time.sleep(0.05)
        yield proxy
    finally:
        process.terminate()
        process.communicate(timeout=30)


def upstream_of(process):
    """Where the program says that the proxy is to pass requests on to."""
    return re.search(r"http://\S+", process.stdout.readline())[0]


def directly(upstream, headers, source):
    """An answer of the program itself to somebody else at another address, who sends what only the proxy may say."""
    port = urllib.parse.urlsplit(upstream).port
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=(source, 0))
    with contextlib.closing(connection):
        return answer_of(connection, "GET", "/", headers={"Host": NAME, **headers})


def test_the_settings_of_a_team_pass_djangos_own_check(tmp_path):
    script = (
        "import sys; from pathlib import Path; from engagecheck.web.server import prepare; prepare(Path(sys.argv[1]));"
        "from django.core.management import call_command; call_command('check', deploy=True, fail_level='WARNING')"
    )
    alone = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "ENGAGECHECK_"))}
    environment = {**alone, "ENGAGECHECK_HOSTS": NAME, "ENGAGECHECK_PROXY": "127.0.0.1"}
    words = [sys.executable, "-W", "error", "-c", script, str(tmp_path / "data")]
    done = subprocess.run(words, capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n"), done.stderr
    assert subprocess.run(words, capture_output=True, env=alone, check=False).returncode == 1  # the check does find what is missing


def test_behind_nginx_everything_goes_by_tls_and_a_password_signs_in(tmp_path):
    program("nginx", "/usr/sbin/nginx")
    environment = team_of(tmp_path / "data")
    with served(tmp_path / "data", environment=environment) as process:
        assert process.link == f"https://{NAME}/"
        upstream = upstream_of(process)
        site, _ = blocks("nginx")
        with running(Proxy(tmp_path, upstream, site)) as proxy:
            status, headers, page = proxy.asked("/sign-in")
            assert (status, headers["Server"].partition("/")[0]) == (200, "nginx")
            assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
            (cookie,) = headers.get_all("Set-Cookie")
            assert "Secure" in cookie
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
            body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, "username": "admin", "password": PASSWORD})
            form = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie.partition(";")[0], "Referer": f"https://{NAME}/sign-in"}
            assert proxy.asked("/sign-in", "POST", body, **{**form, "Referer": "https://evil.example/"})[0] == 403
            status, headers, _ = proxy.asked("/sign-in", "POST", body, **form)
            assert (status, headers["Location"]) == (302, "/")
            session = next(one for one in headers.get_all("Set-Cookie") if one.startswith("engagecheck_session"))
            assert "Secure" in session
            assert "HttpOnly" in session
            assert proxy.asked("/", Cookie=session.partition(";")[0])[0] == 200
            assert proxy.asked("/")[0] == 302
            assert proxy.asked("/", **{"X-Remote-User": "admin", "X_Remote_User": "admin"})[0] == 302
            assert proxy.asked("/", Host="evil.example")[0] == 400
            with contextlib.closing(http.client.HTTPConnection("127.0.0.1", proxy.plain, timeout=30)) as plain:
                status, headers, _ = answer_of(plain, "GET", "/x", headers={"Host": NAME})
            assert (status, headers["Location"]) == (301, f"https://{NAME}/x")
        assert directly(upstream, {}, "127.0.0.1")[0] == 301


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has more than one loopback address at once")
def test_only_the_proxy_is_believed_about_tls_and_about_who_is_signed_in(tmp_path):
    program("nginx", "/usr/sbin/nginx")
    environment = team_of(tmp_path / "data", ENGAGECHECK_REMOTE_USER="yes")
    with served(tmp_path / "data", environment=environment) as process:
        upstream = upstream_of(process)
        forged = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1", "X-Remote-User": "admin"}
        assert directly(upstream, forged, "127.0.0.2")[0] == 301  # not believed that it came by TLS, and not signed in
        site, signs_in = blocks("nginx")
        secret = subprocess.run([program("openssl"), "passwd", "-apr1", PASSWORD], capture_output=True, text=True, check=True).stdout
        (tmp_path / "users").write_text(f"admin:{secret}somebody:{secret}")
        site = site.replace('proxy_set_header X-Remote-User "";', signs_in)
        with running(Proxy(tmp_path, upstream, site)) as proxy:
            asked = {name: f"Basic {b64encode(f'{name}:{PASSWORD}'.encode()).decode()}" for name in ("admin", "somebody")}
            assert proxy.asked("/")[0] == 401
            assert proxy.asked("/", Authorization=asked["admin"])[0] == 200
            assert proxy.asked("/people", Authorization=asked["admin"])[0] == 200
            assert proxy.asked("/", Authorization=asked["somebody"], **{"X-Remote-User": "admin"})[0] == 302
