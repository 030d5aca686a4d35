"""The trial's web application: the same as any, but its server process ends with its parent."""

import os
import signal

from app.boot import create_app
from app.config import Config
from app.trial.child import end_with_parent

end_with_parent(signal.SIGKILL, os.getppid())
app = create_app(Config.from_env(os.environ))
