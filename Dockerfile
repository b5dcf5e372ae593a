# Built from the folder of the repository: docker build -t harvester .
# Two stages: the first has pip and build tools, the second only what runs. Settings and secrets are not in the image:
# mount a folder at /etc/harvester.

ARG PYTHON=3.12.12-slim-trixie

FROM python:${PYTHON} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/harvester
WORKDIR /build
COPY requirements-service.lock ./
RUN /opt/harvester/bin/pip install --require-hashes -r requirements-service.lock
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY harvester ./harvester
# setuptools, which builds our own wheel, is not among what runs: it is left behind in this stage.
RUN python -m pip wheel --no-deps --wheel-dir /wheels . \
 && /opt/harvester/bin/pip install --no-deps --no-index --find-links /wheels harvester

FROM python:${PYTHON}
ENV PATH=/opt/harvester/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HARVESTER_CONFIG=/etc/harvester \
    HARVESTER_DATA=/var/lib/harvester \
    HARVESTER_LOG_FORMAT=json
RUN groupadd --gid 10001 harvester \
 && useradd --uid 10001 --gid harvester --home-dir /var/lib/harvester --no-create-home --shell /usr/sbin/nologin harvester \
 && install --directory /etc/harvester \
 && install --directory --owner harvester --group harvester /var/lib/harvester
COPY --from=build /opt/harvester /opt/harvester
USER 10001:10001
VOLUME /var/lib/harvester
STOPSIGNAL SIGTERM
ENTRYPOINT ["harvester"]
CMD ["--help"]
