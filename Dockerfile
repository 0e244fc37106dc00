# Built from a clone: docker build -t firstyes .
FROM python:3.13-slim AS build
WORKDIR /src
COPY . .
RUN python -m venv /opt/firstyes && /opt/firstyes/bin/pip install --no-cache-dir .

FROM python:3.13-slim
# The service needs no shell, no home and no rights; its number is fixed, so that a volume's owner can be.
RUN groupadd --gid 10001 firstyes \
    && useradd --uid 10001 --gid firstyes --no-create-home --shell /usr/sbin/nologin firstyes \
    && install -d -o firstyes -g firstyes -m 0700 /var/lib/firstyes
COPY --from=build /opt/firstyes /opt/firstyes
ENV PATH=/opt/firstyes/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    FIRSTYES_STORE=sqlite:////var/lib/firstyes/firstyes.db \
    FIRSTYES_HOST=0.0.0.0 \
    FIRSTYES_LOG_FORMAT=json
USER 10001:10001
WORKDIR /var/lib/firstyes
VOLUME /var/lib/firstyes
EXPOSE 8080
# It ends within ten seconds of SIGTERM; a second one would end it at once.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/readyz', timeout=2)"]
ENTRYPOINT ["firstyes"]
CMD ["serve"]
